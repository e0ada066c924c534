import type { Operation } from '../providers/index.ts';
import { ByteWindow, type ExchangeEnd, type ExchangeWatcher, type HeaderReader, isEncoded, type WireRequest } from '../wire/index.ts';
import { OutputMeter } from './output-meter.ts';

/** A prompt is kept this far, for the model's name and for an estimate, should one be needed. */
const REQUEST_LIMITS = { headBytes: 256 * 1024, tailBytes: 4 * 1024 };
const ANSWER_LIMITS = { headBytes: 1024 * 1024, tailBytes: 64 * 1024 };
/** The tail holds a last event's usage and what may follow it: 16 metadata pairs of 576 bytes. */
const STREAM_LIMITS = { headBytes: 4 * 1024, tailBytes: 12 * 1024 };
/** Compressed bytes make sense only whole. */
const ENCODED_LIMITS = { headBytes: 4 * 1024 * 1024, tailBytes: 0 };

export type Clock = { nowMs(): number; monotonicMs(): number };

/** Everything that is known of one exchange once it has ended. */
export type ExchangeRecord<Scope> = {
  readonly request: WireRequest;
  readonly operation: Operation;
  readonly isCertain: boolean;
  readonly scope: Scope | undefined;
  readonly startedAtMs: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly firstTokenMs: number | undefined;
  readonly sent: ByteWindow;
  /** Absent when no answer came. */
  readonly answer: Answer | undefined;
  readonly end: ExchangeEnd;
};

export type Answer = {
  readonly status: number;
  readonly header: HeaderReader;
  readonly isStream: boolean;
  readonly received: ByteWindow;
  readonly meter: OutputMeter;
};

export type RecorderDeps<Scope> = {
  readonly clock: Clock;
  readonly onEnd: (record: ExchangeRecord<Scope>) => void;
  readonly onFault: (error: unknown) => void;
};

type Start<Scope> = Pick<ExchangeRecord<Scope>, 'request' | 'operation' | 'isCertain' | 'scope'>;

/** Gathers one exchange as it passes: open → ended. What goes wrong in here stays in here. */
export class ExchangeRecorder<Scope> implements ExchangeWatcher {
  readonly start: Start<Scope>;
  readonly #deps: RecorderDeps<Scope>;
  readonly #startedAtMs: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
  readonly #sent = new ByteWindow(REQUEST_LIMITS);
  #answer: Answer | undefined;
  #firstTokenMs: number | undefined;
  #isEnded = false;

  constructor(deps: RecorderDeps<Scope>, start: Start<Scope>) {
    this.#deps = deps;
    this.start = start;
    this.#startedAtMs = deps.clock.nowMs();
    this.startedMs = deps.clock.monotonicMs();
  }

  sent(chunk: Uint8Array): void {
    if (!this.#isEnded) this.#sent.push(chunk);
  }

  answered(status: number, header: HeaderReader): void {
    this.#guard(() => {
      if (this.#isEnded) return;
      const isStream = header('content-type')?.toLowerCase().startsWith('text/event-stream') ?? false;
      const meter = new OutputMeter(this.start.operation.reader.outputMembers ?? []);
      const received = isEncoded(header('content-encoding'))
        ? new ByteWindow(ENCODED_LIMITS)
        : isStream
          ? new ByteWindow(STREAM_LIMITS, (pieces) => meter.addBytes(pieces))
          : new ByteWindow(ANSWER_LIMITS);
      this.#answer = { status, header, isStream, received, meter };
    });
  }

  received(chunk: Uint8Array): void {
    const answer = this.#answer;
    if (this.#isEnded || !answer) return;
    this.#guard(() => {
      answer.received.push(chunk);
      if (answer.isStream && this.#firstTokenMs === undefined && this.#hasToken(answer, chunk)) {
        this.#firstTokenMs = this.#deps.clock.monotonicMs();
      }
    });
  }

  ended(end: ExchangeEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#guard(() =>
      this.#deps.onEnd({
        ...this.start,
        startedAtMs: this.#startedAtMs,
        startedMs: this.startedMs,
        endedMs: this.#deps.clock.monotonicMs(),
        firstTokenMs: this.#firstTokenMs,
        sent: this.#sent,
        answer: this.#answer,
        end,
      }),
    );
  }

  /** A compressed stream cannot be looked into as it passes: its first bytes stand for its first token. */
  #hasToken(answer: Answer, chunk: Uint8Array): boolean {
    return isEncoded(answer.header('content-encoding')) || answer.meter.hasOutput(chunk);
  }

  #guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#deps.onFault(error);
    }
  }
}
