import type { Timer, Timers } from '../timers.ts';
import type { Exchange } from './exchange.ts';

export type BatchReaderDeps<Scope> = {
  readonly read: (exchange: Exchange<Scope>) => void;
  /** How long an ended exchange may wait for company; 0 reads each at once. */
  readonly readAfterMs: () => number;
  readonly timers: Timers;
};

export type BatchReader<Scope> = {
  push(exchange: Exchange<Scope>): void;
  drain(): void;
};

/** No more than this waits unread, so that bytes are let go while they are young. */
const MAX_UNREAD = 64;
const MAX_UNREAD_BYTES = 512 * 1024;

/** Lets ended exchanges wait for company: one read by itself, between the app's own work, costs three times as much. */
export function readInBatches<Scope>(deps: BatchReaderDeps<Scope>): BatchReader<Scope> {
  let unread: Exchange<Scope>[] = [];
  let unreadBytes = 0;
  let timer: Timer | undefined;

  function drain(): void {
    timer?.cancel();
    timer = undefined;
    const ended = unread;
    unread = [];
    unreadBytes = 0;
    for (const exchange of ended) {
      deps.read(exchange);
      exchange.letGo();
    }
  }

  return {
    push(exchange) {
      const { answer, requestBody } = exchange;
      unread.push(exchange);
      unreadBytes += requestBody.keptBytes + (answer?.received.keptBytes ?? 0);
      const delayMs = deps.readAfterMs();
      // A failure's retry looks for it at once.
      const isUrgent = delayMs === 0 || !answer || answer.status >= 400;
      if (isUrgent || unread.length >= MAX_UNREAD || unreadBytes >= MAX_UNREAD_BYTES) drain();
      else timer ??= deps.timers.setTimer(drain, delayMs);
    },
    drain,
  };
}
