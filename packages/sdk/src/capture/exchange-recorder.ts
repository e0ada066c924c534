import type { Operation } from '../providers/index.ts';
import { ByteWindow, type ExchangeEnd, type ExchangeWatcher, type HeaderReader, isEncoded, type WireRequest } from '../wire/index.ts';
import { hasOutput } from './measure-output.ts';

/** A prompt is kept this far, for the model's name and for an estimate, should one be needed. */
const REQUEST_LIMITS = { headBytes: 256 * 1024, tailBytes: 4 * 1024 };
const ANSWER_LIMITS = { headBytes: 1024 * 1024, tailBytes: 64 * 1024 };
/** The tail holds a last event's usage and what may follow it: 16 metadata pairs of 576 bytes. */
const STREAM_LIMITS = { headBytes: 4 * 1024, tailBytes: 12 * 1024 };
/** Compressed bytes make sense only whole. */
const ENCODED_LIMITS = { headBytes: 4 * 1024 * 1024, tailBytes: 0 };

export type Clock = { nowMs(): number; monotonicMs(): number };

/** What stays known of one exchange when its bytes have been read. */
export type Attempt<Scope> = {
  readonly request: WireRequest;
  readonly operation: Operation;
  readonly isCertain: boolean;
  readonly scope: Scope | undefined;
  readonly startedAtMs: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly firstTokenMs: number | undefined;
};

/** Everything that is known of one exchange once it has ended. */
export type ExchangeRecord<Scope> = Attempt<Scope> & {
  readonly sent: ByteWindow;
  /** Absent when no answer came. */
  readonly answer: Answer | undefined;
  readonly end: ExchangeEnd;
};

export type Answer = {
  readonly status: number;
  readonly header: HeaderReader;
  readonly isStream: boolean;
  readonly encoding: string | undefined;
  readonly received: ByteWindow;
};

export type RecorderDeps<Scope> = {
  readonly clock: Clock;
  readonly onEnd: (recorder: ExchangeRecorder<Scope>, record: ExchangeRecord<Scope>) => void;
  readonly onFault: (error: unknown) => void;
};

type Start<Scope> = Pick<Attempt<Scope>, 'request' | 'operation' | 'isCertain' | 'scope'>;

/** Gathers one exchange as it passes: open → ended. What goes wrong in here stays in here. */
export class ExchangeRecorder<Scope> implements ExchangeWatcher {
  readonly startedAtMs: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
  readonly #deps: RecorderDeps<Scope>;
  readonly #start: Start<Scope>;
  #sent: ByteWindow | undefined = new ByteWindow(REQUEST_LIMITS);
  #answer: Answer | undefined;
  #firstTokenMs: number | undefined;

  constructor(deps: RecorderDeps<Scope>, start: Start<Scope>) {
    this.#deps = deps;
    this.#start = start;
    this.startedAtMs = deps.clock.nowMs();
    this.startedMs = deps.clock.monotonicMs();
  }

  sent(chunk: Uint8Array): void {
    this.#sent?.push(chunk);
  }

  answered(status: number, header: HeaderReader): void {
    if (!this.#sent) return;
    try {
      const encoding = header('content-encoding');
      const isStream = header('content-type')?.toLowerCase().startsWith('text/event-stream') ?? false;
      const limits = isEncoded(encoding) ? ENCODED_LIMITS : isStream ? STREAM_LIMITS : ANSWER_LIMITS;
      this.#answer = { status, header, encoding, isStream, received: new ByteWindow(limits) };
    } catch (error) {
      this.#deps.onFault(error);
    }
  }

  received(chunk: Uint8Array): void {
    const answer = this.#answer;
    if (!answer) return;
    answer.received.push(chunk);
    if (answer.isStream && this.#firstTokenMs === undefined && this.#hasToken(answer, chunk)) {
      this.#firstTokenMs = this.#deps.clock.monotonicMs();
    }
  }

  ended(end: ExchangeEnd): void {
    const sent = this.#sent;
    if (!sent) return;
    const answer = this.#answer;
    // The client keeps its request, and with it this recorder, longer than the bytes are worth.
    this.#sent = undefined;
    this.#answer = undefined;
    const { startedAtMs, startedMs } = this;
    // Named one by one: spreading an object is slow before Node 24.
    const { request, operation, isCertain, scope } = this.#start;
    const endedMs = this.#deps.clock.monotonicMs();
    const firstTokenMs = this.#firstTokenMs;
    try {
      this.#deps.onEnd(this, { request, operation, isCertain, scope, startedAtMs, startedMs, endedMs, firstTokenMs, sent, answer, end });
    } catch (error) {
      this.#deps.onFault(error);
    }
  }

  /** A compressed stream cannot be looked into as it passes: its first bytes stand for its first token. */
  #hasToken({ encoding }: Answer, chunk: Uint8Array): boolean {
    if (isEncoded(encoding)) return true;
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    return hasOutput(text, this.#start.operation.outputMembers ?? []);
  }
}
