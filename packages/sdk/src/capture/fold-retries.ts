import type { Outcome } from './read-exchange.ts';
import type { ExchangeRecord } from './exchange-recorder.ts';

/** One logical call as far as it has come: its last attempt, and where the first one began. */
export type FoldedCall<Scope> = {
  readonly record: ExchangeRecord<Scope>;
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly startedAtMs: number;
  readonly startedMs: number;
};

export type FoldDeps<Scope> = {
  /** Runs once after a while; gives the way to call it off. Must not keep the process alive. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly emit: (call: FoldedCall<Scope>) => void;
};

/** OpenAI's and Anthropic's clients number their retries from 1. */
const RETRY_HEADER = 'x-stainless-retry-count';
const RETRIED = new Set([408, 409, 429]);
/** These clients wait half a second, twice as long each time, eight seconds at most, or what the provider asks for up to a minute. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
const LONGEST_ASKED_WAIT_MS = 60_000;
/** Between a client's waking up and its next request lies some work of its own. */
const GRACE_MS = 500;
const MAX_HELD = 1_000;

type Held<Scope> = { readonly call: FoldedCall<Scope>; readonly callOff: () => void };

export type RetryFolder<Scope> = {
  /** Asked at the head of each request: the failed call it seems to try again. */
  claim(request: Pick<ExchangeRecord<Scope>, 'request' | 'scope'>): FoldedCall<Scope> | undefined;
  /** Takes an ended exchange: hands the call over, or holds it while a retry may come. */
  settle(record: ExchangeRecord<Scope>, outcome: Outcome, claimed: FoldedCall<Scope> | undefined): void;
  /** Hands over what is held. */
  release(): void;
  /** How many calls are held that began up to a time on the monotonic clock. */
  heldSince(latestStartMs: number): number;
};

/** Folds the attempts of one logical call into one: a failure that may be retried waits as long as its client would. */
export function createRetryFolder<Scope>(deps: FoldDeps<Scope>): RetryFolder<Scope> {
  const held = new Set<Held<Scope>>();

  function hold(call: FoldedCall<Scope>): void {
    const entry: Held<Scope> = {
      call,
      callOff: deps.after(waitMs(call) + GRACE_MS, () => {
        if (held.delete(entry)) deps.emit(call);
      }),
    };
    held.add(entry);
  }

  return {
    claim(next) {
      if (held.size === 0) return undefined;
      for (const entry of held) {
        if (!looksLikeRetry(entry.call, next)) continue;
        held.delete(entry);
        entry.callOff();
        return entry.call;
      }
      return undefined;
    },
    settle(record, outcome, claimed) {
      const isRetry = claimed !== undefined && isSameCall(claimed.record, record);
      if (claimed && !isRetry) deps.emit(claimed);
      const call = fold(record, outcome, isRetry ? claimed : undefined);
      if (mayBeRetried(call) && held.size < MAX_HELD) hold(call);
      else deps.emit(call);
    },
    release() {
      for (const entry of held) {
        entry.callOff();
        deps.emit(entry.call);
      }
      held.clear();
    },
    heldSince: (latestStartMs) => [...held].filter(({ call }) => call.startedMs <= latestStartMs).length,
  };
}

function looksLikeRetry<Scope>(call: FoldedCall<Scope>, next: Pick<ExchangeRecord<Scope>, 'request' | 'scope'>): boolean {
  const before = call.record.request;
  const { request } = next;
  if (request.path !== before.path || request.host !== before.host || request.method !== before.method) return false;
  if (next.scope !== call.record.scope) return false;
  const count = retryCount(next);
  return count === undefined ? retryCount(call.record) === undefined : count === call.attempts;
}

/** A numbered retry says so itself; another client's must send the very same bytes. */
function isSameCall<Scope>(before: ExchangeRecord<Scope>, next: ExchangeRecord<Scope>): boolean {
  if (retryCount(next) !== undefined) return true;
  return before.sent.totalBytes === next.sent.totalBytes && before.sent.joined().equals(next.sent.joined());
}

function retryCount<Scope>({ request }: Pick<ExchangeRecord<Scope>, 'request'>): number | undefined {
  const count = Number(request.header(RETRY_HEADER) ?? Number.NaN);
  return Number.isInteger(count) && count >= 0 ? count : undefined;
}

function fold<Scope>(record: ExchangeRecord<Scope>, outcome: Outcome, before: FoldedCall<Scope> | undefined): FoldedCall<Scope> {
  const attempts = Math.max((retryCount(record) ?? 0) + 1, (before?.attempts ?? 0) + 1);
  const { startedAtMs, startedMs } = before ?? record;
  return { record, outcome, attempts, startedAtMs, startedMs };
}

function mayBeRetried<Scope>({ record, outcome }: FoldedCall<Scope>): boolean {
  if (outcome.status === 'ok' || outcome.reading.errorCode !== undefined) return false;
  const { answer } = record;
  // A client that gives up waiting aborts the attempt; before any answer that looks like the app's own abort.
  if (!answer) return outcome.status === 'error' || retryCount(record) !== undefined;
  const told = answer.header('x-should-retry');
  if (told === 'true' || told === 'false') return told === 'true';
  return RETRIED.has(answer.status) || answer.status >= 500;
}

function waitMs<Scope>({ record, attempts }: FoldedCall<Scope>): number {
  const asked = askedWaitMs(record);
  if (asked !== undefined && asked >= 0 && asked < LONGEST_ASKED_WAIT_MS) return asked;
  return Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
}

function askedWaitMs<Scope>({ answer, startedAtMs, startedMs, endedMs }: ExchangeRecord<Scope>): number | undefined {
  const inMs = answer?.header('retry-after-ms');
  if (inMs !== undefined && Number.isFinite(Number(inMs))) return Number(inMs);
  const after = answer?.header('retry-after');
  if (after === undefined) return undefined;
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const atMs = Date.parse(after);
  return Number.isNaN(atMs) ? undefined : atMs - (startedAtMs + endedMs - startedMs);
}
