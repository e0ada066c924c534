import type { LiveEvent } from '@llmobserve/protocol';

const MAX_WAITING = 500;

export type LiveTurn = { readonly events: readonly LiveEvent[]; readonly skipped: number; readonly isHeartbeat: boolean };

/** What waits to be written to one reader. */
export type LiveQueue = {
  readonly put: (event: LiveEvent) => void;
  readonly beat: () => void;
  readonly end: () => void;
  /** Waits for something to write; `undefined` once the queue has ended. */
  readonly take: () => Promise<LiveTurn | undefined>;
};

/** Makes a queue that keeps the newest calls and counts those it had to drop. */
export function createLiveQueue(): LiveQueue {
  let events: LiveEvent[] = [];
  let skipped = 0;
  let isHeartbeat = false;
  let hasEnded = false;
  let wake: () => void = () => undefined;
  return {
    put: (event) => {
      events.push(event);
      if (events.length > MAX_WAITING) {
        events.shift();
        skipped += 1;
      }
      wake();
    },
    beat: () => {
      isHeartbeat = true;
      wake();
    },
    end: () => {
      hasEnded = true;
      wake();
    },
    take: async () => {
      if (!hasEnded && events.length === 0 && !isHeartbeat) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
      }
      if (hasEnded) return undefined;
      const turn = { events, skipped, isHeartbeat };
      [events, skipped, isHeartbeat] = [[], 0, false];
      return turn;
    },
  };
}
