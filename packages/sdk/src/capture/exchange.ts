import type { Found, Operation } from '../providers/index.ts';
import {
  ByteWindow,
  type ExchangeEnd,
  type ExchangeWatcher,
  type HeaderReader,
  isEncoded,
  type WindowLimits,
  type WireRequest,
} from '../wire/index.ts';
import type { HeldCall } from './fold-retries.ts';
import { hasOutput } from './measure-output.ts';

/** A prompt is kept this far, for the model's name and for an estimate, should one be needed. */
const REQUEST_LIMITS = { headBytes: 256 * 1024, tailBytes: 4 * 1024 };
/** Of pictures and sounds only what stands around them is looked at. */
const MEDIA_LIMITS = { headBytes: 16 * 1024, tailBytes: 4 * 1024 };
const MEDIA_KINDS = new Set(['audio', 'image']);
const ANSWER_LIMITS = { headBytes: 1024 * 1024, tailBytes: 64 * 1024 };
/** The tail holds a last event's usage and what may follow it: 16 metadata pairs of 576 bytes. */
const STREAM_LIMITS = { headBytes: 4 * 1024, tailBytes: 12 * 1024 };
/** Compressed bytes make sense only whole. */
const ENCODED_LIMITS = { headBytes: 4 * 1024 * 1024, tailBytes: 0 };
/** A batch tells its usage line by line. */
const BATCH_LIMITS = { headBytes: 16 * 1024 * 1024, tailBytes: 64 * 1024 };
/** Sounds and pictures tell no numbers. */
const SILENT_LIMITS = { headBytes: 0, tailBytes: 0 };
const STREAM_TYPE = /^(?:text\/event-stream|application\/(?:x-ndjson|stream\+json|vnd\.amazon\.eventstream))/i;
const SILENT_TYPE = /^(?:audio|image|video)\//i;
/** Longer than any member's name with the first letter of its text. */
const CARRIED_LENGTH = 32;
const NO_BYTES = new ByteWindow(SILENT_LIMITS);

export type Clock = { nowMs(): number; monotonicMs(): number };

/** What stays known of one exchange when its bytes have been let go. */
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
export type EndedExchange<Scope> = Attempt<Scope> & {
  readonly requestBody: ByteWindow;
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

export type ExchangeDeps<Scope> = {
  readonly clock: Clock;
  /** Whether more is kept of a stream than its ends. */
  readonly keepsContent: () => boolean;
  readonly onEnd: (exchange: Exchange<Scope>) => void;
  readonly onFault: (error: unknown) => void;
};

type Start<Scope> = Pick<Attempt<Scope>, 'request' | 'scope'> & {
  readonly found: Found;
  /** The failed call this seems to try again. */
  readonly claimed: HeldCall<Scope> | undefined;
};

/** One exchange, gathered as it passes: open → ended → let go. Only references are taken while the app's call runs. */
export class Exchange<Scope> implements ExchangeWatcher {
  readonly request: WireRequest;
  readonly operation: Operation;
  readonly isCertain: boolean;
  readonly scope: Scope | undefined;
  claimed: HeldCall<Scope> | undefined;
  readonly startedAtMs: number;
  readonly startedMs: number;
  endedMs = 0;
  firstTokenMs: number | undefined = undefined;
  requestBody: ByteWindow;
  answer: Answer | undefined = undefined;
  end: ExchangeEnd = { how: 'cancelled' };
  isOpen = true;
  readonly #deps: ExchangeDeps<Scope>;
  /** The end of the last chunk, until a token has come: a member's name and its text may be split between two. */
  #carried = '';

  constructor(deps: ExchangeDeps<Scope>, { request, found, scope, claimed }: Start<Scope>) {
    this.request = request;
    this.operation = found.operation;
    this.requestBody = new ByteWindow(MEDIA_KINDS.has(found.operation.kind) ? MEDIA_LIMITS : REQUEST_LIMITS);
    this.isCertain = found.isCertain;
    this.scope = scope;
    this.claimed = claimed;
    this.startedAtMs = deps.clock.nowMs();
    this.startedMs = deps.clock.monotonicMs();
    this.#deps = deps;
  }

  sent(chunk: Uint8Array): void {
    if (this.isOpen) this.requestBody.push(chunk);
  }

  answered(status: number, header: HeaderReader): void {
    if (!this.isOpen) return;
    try {
      const encoding = header('content-encoding');
      const type = header('content-type');
      const isStream = this.operation.isStream ?? (type !== undefined && STREAM_TYPE.test(type));
      const isShort = isStream && !this.#deps.keepsContent();
      const limits = this.operation.kind === 'batch' ? BATCH_LIMITS : limitsOf({ type, encoding, isShort });
      this.answer = { status, header, encoding, isStream, received: new ByteWindow(limits) };
    } catch (error) {
      this.#deps.onFault(error);
    }
  }

  received(chunk: Uint8Array): void {
    const { answer } = this;
    if (!answer || !this.isOpen) return;
    answer.received.push(chunk);
    if (answer.isStream && this.firstTokenMs === undefined && this.#hasToken(answer, chunk)) {
      this.firstTokenMs = this.#deps.clock.monotonicMs();
    }
  }

  ended(end: ExchangeEnd): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.end = end;
    this.endedMs = this.#deps.clock.monotonicMs();
    try {
      this.#deps.onEnd(this);
    } catch (error) {
      this.#deps.onFault(error);
    }
  }

  /** The client keeps its request, and with it this exchange, longer than the bytes are worth. */
  letGo(): void {
    this.requestBody = NO_BYTES;
    this.answer = undefined;
    this.claimed = undefined;
  }

  /** A compressed stream cannot be looked into as it passes: its first bytes stand for its first token. */
  #hasToken({ encoding }: Answer, chunk: Uint8Array): boolean {
    if (isEncoded(encoding)) return true;
    const text = this.#carried + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    this.#carried = text.slice(-CARRIED_LENGTH);
    return hasOutput(text, this.operation.outputMembers ?? []);
  }
}

type Form = { readonly type: string | undefined; readonly encoding: string | undefined; readonly isShort: boolean };

function limitsOf({ type, encoding, isShort }: Form): WindowLimits {
  if (type !== undefined && SILENT_TYPE.test(type)) return SILENT_LIMITS;
  if (isEncoded(encoding)) return ENCODED_LIMITS;
  return isShort ? STREAM_LIMITS : ANSWER_LIMITS;
}
