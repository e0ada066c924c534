import type { ByteWindow, WireRequest } from '../wire/index.ts';
import type { Attempt, EndedExchange } from './exchange.ts';
import { hashBytes } from './hash-bytes.ts';
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
};

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
export type HeldCall<Scope> = FoldedCall<Scope> & { readonly print: string };

type Held<Scope> = { readonly call: HeldCall<Scope>; readonly delayMs: number; callOff: () => void };

export type RetryFolder<Scope> = {
  /** Asked at the head of each request: the failed call it seems to try again. */
  claim(request: WireRequest, scope: Scope | undefined): HeldCall<Scope> | undefined;
  /** Takes an ended exchange: hands the call over, or holds it while a retry may come. */
  settle(record: EndedExchange<Scope>, outcome: Outcome, claimed: HeldCall<Scope> | undefined): void;
  /** Hands over what is held. */
  release(): void;
  /** How many calls are held. */
  readonly heldCount: number;
};

/** Folds the attempts of one logical call into one: a failure that may be retried waits as long as its client would. */
export function createRetryFolder<Scope>(deps: FoldDeps<Scope>): RetryFolder<Scope> {
  const held = new Set<Held<Scope>>();

  function arm(entry: Held<Scope>, delayMs: number): void {
    entry.callOff();
    entry.callOff = deps.after(delayMs, () => held.delete(entry) && deps.emit(entry.call));
  }

  function take(entry: Held<Scope>): HeldCall<Scope> {
    entry.callOff();
    held.delete(entry);
    return entry.call;
  }

  const findAlike = (request: WireRequest, scope: Scope | undefined): readonly Held<Scope>[] =>
    [...held].filter(({ call }) => looksLikeRetry(call, request) && deps.isSameScope(call.attempt.scope, scope));

  return {
    claim(request, scope) {
      if (held.size === 0) return undefined;
      const alike = findAlike(request, scope);
      const [first] = alike;
      if (first && isNumbered({ request })) return take(first);
      // Whether it is one of these is known by its bytes, once it has ended; until then they wait.
      for (const entry of alike) arm(entry, LONGEST_ASKED_WAIT_MS);
      return first?.call;
    },
    settle(record, outcome, claimed) {
      const { request, scope } = record;
      let before = claimed;
      let print = '';
      if (!isNumbered(record) && (claimed || mayBeRetried(record, outcome))) print = printOf(record.requestBody);
      if (claimed && !isNumbered(record)) {
        before = undefined;
        for (const entry of findAlike(request, scope)) {
          if (!before && entry.call.print === print) before = take(entry);
          else arm(entry, entry.delayMs);
        }
      }
      const call = fold(record, outcome, before);
      if (!mayBeRetried(record, outcome) || held.size >= MAX_HELD) return deps.emit(call);
      const delayMs = waitMs(record, call.attempts) + GRACE_MS;
      // A copy holds nothing of the texts it was read from.
      const entry: Held<Scope> = { call: { ...call, outcome: structuredClone(outcome), print }, delayMs, callOff: () => undefined };
      held.add(entry);
      arm(entry, delayMs);
    },
    release() {
      for (const { call, callOff } of held) {
        callOff();
        deps.emit(call);
      }
      held.clear();
    },
    get heldCount() {
      return held.size;
    },
  };
}

function looksLikeRetry<Scope>({ attempt, attempts }: FoldedCall<Scope>, request: WireRequest): boolean {
  const { request: before } = attempt;
  if (request.path !== before.path || request.host !== before.host || request.method !== before.method) return false;
  const count = retryCount({ request });
  // Above a client that is told not to retry, each attempt of another is its first.
  return count ? count === attempts : count === retryCount(attempt);
}

/** A retry that says so itself; another client's must send the very same bytes. */
function isNumbered<Scope>(attempt: Pick<Attempt<Scope>, 'request'>): boolean {
  return (retryCount(attempt) ?? 0) > 0;
}

function printOf(body: ByteWindow): string {
  return `${body.totalBytes} ${hashBytes(body.joined())}`;
}

function retryCount<Scope>({ request }: Pick<Attempt<Scope>, 'request'>): number | undefined {
  const count = Number(request.header(RETRY_HEADER) ?? Number.NaN);
  return Number.isInteger(count) && count >= 0 ? count : undefined;
}

function fold<Scope>(record: EndedExchange<Scope>, outcome: Outcome, before: FoldedCall<Scope> | undefined): FoldedCall<Scope> {
  const attempts = Math.max((retryCount(record) ?? 0) + 1, (before?.attempts ?? 0) + 1);
  const { startedAtMs, startedMs } = before ?? record;
  return { attempt: record, outcome, attempts, startedAtMs, startedMs };
}

function mayBeRetried<Scope>(record: EndedExchange<Scope>, outcome: Outcome): boolean {
  if (outcome.status === 'ok' || outcome.reading.errorCode !== undefined) return false;
  const { answer } = record;
  // A client that gives up waiting aborts the attempt; before any answer that looks like the app's own abort.
  if (!answer) return outcome.status === 'error' || retryCount(record) !== undefined;
  const told = answer.header('x-should-retry');
  if (told === 'true' || told === 'false') return told === 'true';
  return RETRIED.has(answer.status) || answer.status >= 500;
}

function waitMs<Scope>(record: EndedExchange<Scope>, attempts: number): number {
  const asked = askedWaitMs(record);
  const isSane = asked !== undefined && asked >= 0 && asked < LONGEST_ASKED_WAIT_MS;
  if (isNumbered(record)) return isSane ? asked : Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
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
