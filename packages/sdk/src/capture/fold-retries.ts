import type { WireRequest } from '../wire/index.ts';
import type { Attempt, EndedExchange } from './exchange.ts';
import { hashBytes } from './hash-bytes.ts';
import { holdFailures } from './hold-failures.ts';
import type { Outcome } from './read-exchange.ts';

/** One logical call as far as it has come: its last attempt, and where the first one began. */
export type FoldedCall<Scope> = {
  readonly attempt: Attempt<Scope>;
  readonly outcome: Outcome;
  readonly attempts: number;
  readonly startedAtMs: number;
  readonly startedMs: number;
};

export type FoldDeps<Scope> = {
  /** Runs once after a while; gives the way to call it off. Must not keep the process alive. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly emit: (call: FoldedCall<Scope>) => void;
  readonly isSameScope: (a: Scope | undefined, b: Scope | undefined) => boolean;
  /** Whether one of the exchanges that have not ended is such. */
  readonly isUnderWay: (isSuch: (open: Begun<Scope>) => boolean) => boolean;
};

type Asked<Scope> = Pick<Attempt<Scope>, 'request' | 'scope'>;
type Begun<Scope> = Asked<Scope> & Pick<Attempt<Scope>, 'startedMs'>;

/** OpenAI's and Anthropic's clients number their retries from 1. */
const RETRY_HEADER = 'x-stainless-retry-count';
const RETRIED = new Set([408, 409, 429]);
/** These clients wait half a second, twice as long each time, eight seconds at most, or what the provider asks for up to a minute. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** Others keep a pace of their own whatever they are asked: `ai` 4 waits two seconds and doubles, LangChain one to two (2026-11). */
const FIRST_OWN_WAIT_MS = 2_000;
const LONGEST_OWN_WAIT_MS = 16_000;
const LONGEST_ASKED_WAIT_MS = 60_000;
/** Between a client's waking up and its next request lies some work of its own. */
const GRACE_MS = 500;
const MAX_HELD = 1_000;

/** A call that failed; its bytes are let go, their print is enough to know them again. */
export type HeldCall<Scope> = FoldedCall<Scope> & {
  readonly number: number | undefined;
  readonly bodyBytes: number;
  readonly print: number;
};

export type RetryFolder<Scope> = {
  /** Asked at the head of each request: the failed call that it says it tries again. */
  claim(request: WireRequest, scope: Scope | undefined): HeldCall<Scope> | undefined;
  /** Takes an ended exchange: hands the call over, or holds it while a retry may come. */
  settle(record: EndedExchange<Scope>, outcome: Outcome, claimed: HeldCall<Scope> | undefined): void;
  /** Hands over what is held. */
  release(): void;
  /** How many calls are held. */
  heldCount(): number;
};

/** Folds the attempts of one logical call into one: a failure that may be retried waits as long as its client would. */
export function createRetryFolder<Scope>(deps: FoldDeps<Scope>): RetryFolder<Scope> {
  const held = holdFailures<Scope>({ ...deps, mayStillCome });

  /** Whether a request under way is the retry is known by its bytes, once it has ended; what begins later than it is due is none. */
  function mayStillCome(call: HeldCall<Scope>, dueMs: number): boolean {
    return deps.isUnderWay((open) => open.startedMs <= dueMs && mayTryAgain(call, open, retryCount(open)));
  }

  function mayTryAgain({ attempt, number }: HeldCall<Scope>, begun: Begun<Scope>, count: number | undefined): boolean {
    // Above a client that is told not to retry, each attempt of another is its first.
    return number === count && attempt.endedMs <= begun.startedMs && isAlike(attempt, begun);
  }

  function isAlike({ request: before, scope }: Asked<Scope>, { request, scope: own }: Asked<Scope>): boolean {
    const isSame = request.path === before.path && request.host === before.host && request.method === before.method;
    return isSame && deps.isSameScope(scope, own);
  }

  /** A retry that does not say so must send the very same bytes. */
  function takeUnnumbered(record: EndedExchange<Scope>, count: number | undefined): HeldCall<Scope> | undefined {
    const { totalBytes } = record.requestBody;
    let print: number | undefined;
    return held.take(
      (call) => call.bodyBytes === totalBytes && mayTryAgain(call, record, count) && call.print === (print ??= printOf(record)),
    );
  }

  return {
    claim(request, scope) {
      const count = held.count() > 0 && retryCount({ request });
      if (!count) return undefined;
      return held.take(
        ({ attempts, attempt, number }) => attempts === count && number !== undefined && isAlike(attempt, { request, scope }),
      );
    },
    settle(record, outcome, claimed) {
      const number = retryCount(record);
      const before = claimed ?? (number || held.count() === 0 ? undefined : takeUnnumbered(record, number));
      const { startedAtMs, startedMs } = before ?? record;
      const attempts = Math.max(number ?? 0, before?.attempts ?? 0) + 1;
      const call = { attempt: record, outcome, attempts, startedAtMs, startedMs };
      if (!mayBeRetried(record, outcome, number) || held.count() >= MAX_HELD) return deps.emit(call);
      // A copy holds nothing of the texts it was read from.
      const copy = { ...call, outcome: structuredClone(outcome), number, bodyBytes: record.requestBody.totalBytes, print: printOf(record) };
      held.add(copy, waitMs(record, attempts, Boolean(number)) + GRACE_MS);
    },
    release: held.release,
    heldCount: held.count,
  };
}

function printOf<Scope>({ requestBody }: EndedExchange<Scope>): number {
  return hashBytes(requestBody.joined());
}

/** Counted from 0 by clients that number their attempts. */
function retryCount<Scope>({ request }: Pick<Attempt<Scope>, 'request'>): number | undefined {
  const count = Number(request.header(RETRY_HEADER) ?? Number.NaN);
  return Number.isInteger(count) && count >= 0 ? count : undefined;
}

function mayBeRetried<Scope>({ answer }: EndedExchange<Scope>, { status, reading }: Outcome, number: number | undefined): boolean {
  if (status === 'ok' || reading.errorCode !== undefined) return false;
  // A client that gives up waiting aborts the attempt; before any answer that looks like the app's own abort.
  if (!answer) return status === 'error' || number !== undefined;
  const told = answer.header('x-should-retry');
  if (told === 'true' || told === 'false') return told === 'true';
  return RETRIED.has(answer.status) || answer.status >= 500;
}

function waitMs<Scope>(record: EndedExchange<Scope>, attempts: number, isNumbered: boolean): number {
  const asked = askedWaitMs(record);
  const isSane = asked !== undefined && asked >= 0 && asked < LONGEST_ASKED_WAIT_MS;
  if (isNumbered) return isSane ? asked : Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  return Math.max(isSane ? asked : 0, Math.min(FIRST_OWN_WAIT_MS * 2 ** (attempts - 1), LONGEST_OWN_WAIT_MS));
}

function askedWaitMs<Scope>({ answer, startedAtMs, startedMs, endedMs }: EndedExchange<Scope>): number | undefined {
  const inMs = answer?.header('retry-after-ms');
  if (inMs !== undefined && Number.isFinite(Number(inMs))) return Number(inMs);
  const after = answer?.header('retry-after');
  if (after === undefined) return undefined;
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const atMs = Date.parse(after);
  return Number.isNaN(atMs) ? undefined : atMs - (startedAtMs + endedMs - startedMs);
}
