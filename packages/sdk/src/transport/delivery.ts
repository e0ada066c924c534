import type { SdkIdentity } from '@llmobserve/protocol';
import type { Diagnostics } from '../diagnostics.ts';
import { inBackground } from '../in-background.ts';
import type { Stats } from '../runtime.ts';
import type { Timers } from '../timers.ts';
import { batchLimit, suspectsAfter } from './batch-limit.ts';
import { describeSetback } from './describe-setback.ts';
import { dueInMs } from './due-in-ms.ts';
import { judgeReply, type Reply, type Verdict } from './judge-reply.ts';
import { endBatch, startBatch } from './pack-batch.ts';
import { Pace } from './pace.ts';

type Events = readonly { readonly json: string; readonly segment: { readonly head: string | undefined } | undefined }[];

export type DeliveryOutbox = {
  take(bounds: { readonly maxEvents: number; readonly maxBytes: number }): Events;
  isOnTheWay(batch: Events): boolean;
  putBack(): void;
  settle(rejected: number): void;
  giveUp(reason: string): number;
  stats(): Stats;
  readonly waiting: number;
  readonly oldestNumber: number;
  readonly hasKept: boolean;
  readonly oldestQueuedAtMs: number | undefined;
};

export type DeliveryDeps = {
  readonly outbox: DeliveryOutbox;
  readonly facts: { untold(): ReadonlyMap<string, string>; confirm(told: ReadonlyMap<string, string>): void };
  /** Brings what is captured into the outbox, as far as it is not yet. */
  readonly gather: () => void;
  /** Never rejects. */
  readonly post: (batchText: string) => Promise<Reply>;
  /** Ends the try under way; its events wait again. */
  readonly abort: () => void;
  readonly identity: () => SdkIdentity;
  readonly diagnostics: Diagnostics;
  readonly maxAgeMs: () => number;
  readonly clock: { nowMs(): number; monotonicMs(): number };
  readonly timers: Timers;
  readonly random: () => number;
};

/** Small enough that a burst is on its way while it lasts, large enough for 25 requests per 10 000 events. */
const MAX_EVENTS = 500;
/** Below the collector's 5 MB by the size of a head. */
const MAX_BYTES = 4_500_000;
/** Halving 500 down to one takes nine tries; beyond that everything is refused, and the pace is that of an outage. */
const EAGER_SPLITS = 12;
/** One broken connection is the network's daily bread; two in a row are worth a line. */
const SETBACKS_WORTH_A_LINE = 2;
const FORSAKEN_AFTER_MS = 15_000;

/** Brings events from the outbox to the collector, one batch at a time, and counts the end each of them finds. */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #pace: Pace;
  readonly #waiters = new Set<() => void>();
  #timer: { dueAtMs: number; cancel(): void } | undefined;
  #isSending = false;
  #triedAtMs = 0;
  /** Grows when a turn of sending is given up, so that it does nothing more should it come back. */
  #turn = 0;
  #isBlocked = false;
  #isResting = false;
  #isOverQuota = false;
  /** Events up to this number do not wait for company. */
  #urgentUpTo = 0;
  #suspects = 0;
  #seq = 1;
  #targetVersion = 0;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
    this.#pace = new Pace(deps);
  }

  /** True after the key was refused: what is captured with it is lost. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** What an event that finds no room is lost for. */
  get overflowReason(): 'quota_exceeded' | 'queue_overflow' {
    return this.#isOverQuota ? 'quota_exceeded' : 'queue_overflow';
  }

  /** How a batch begins now; without a number where another process may have to send it. */
  head(customers: ReadonlyMap<string, string> = this.#deps.facts.untold(), seq?: number): string {
    const { identity, outbox } = this.#deps;
    return startBatch({ sdk: identity(), seq, lost: outbox.stats().lost }, customers.values());
  }

  /** Sends nothing more until it is told to. */
  rest(): void {
    this.#isResting = true;
    this.#deps.abort();
  }

  /** Something has come to be sent, or the settings have changed. */
  wake(): void {
    if (this.#isSending) return;
    const delayMs = this.#dueInMs();
    if (delayMs !== undefined) this.#sendIn(delayMs);
  }

  /** The key or the address has changed: what was refused before may pass now. */
  retarget(): void {
    this.#targetVersion += 1;
    this.#isBlocked = false;
    this.#isOverQuota = false;
    this.#pace.reset();
    this.#deps.abort();
    this.wake();
  }

  /** Sends what was captured up to this number without waiting for company. */
  hurry(lastNumber: number): void {
    this.#isResting = false;
    this.#forsake();
    this.#urgentUpTo = Math.max(this.#urgentUpTo, lastNumber);
    this.#pace.hurry();
    this.wake();
  }

  /** Workers end a request with its timers and fetches and without a word: what is long overdue is over. */
  #forsake(): void {
    if (!this.#timer && !this.#isSending) return;
    const nowMs = this.#deps.clock.monotonicMs();
    if (this.#timer && this.#timer.dueAtMs <= nowMs) {
      this.#timer.cancel();
      this.#timer = undefined;
    }
    if (!this.#isSending || nowMs < this.#triedAtMs + FORSAKEN_AFTER_MS) return;
    this.#turn += 1;
    this.#isSending = false;
    this.#deps.outbox.putBack();
  }

  /**
   * Hurries until every event up to `lastNumber` has found its end; false when the time is over, or will be. What others
   * left is waited for too, but not through an outage.
   */
  async settleUpTo(lastNumber: number, deadlineMs: number): Promise<boolean> {
    this.hurry(lastNumber);
    const { outbox } = this.#deps;
    while (!this.#isBlocked && (outbox.oldestNumber <= lastNumber || (outbox.hasKept && !this.#pace.isTroubled))) {
      const leftMs = deadlineMs - this.#deps.clock.monotonicMs();
      if (leftMs <= 0 || this.#pace.isHopeless(deadlineMs)) break;
      await this.#nextChange(leftMs);
      this.wake();
    }
    return this.#isBlocked || outbox.oldestNumber > lastNumber;
  }

  /** How long until the next batch may leave; undefined when none will. */
  #dueInMs(): number | undefined {
    const { outbox, clock, maxAgeMs } = this.#deps;
    if (this.#isBlocked || this.#isResting || outbox.oldestQueuedAtMs === undefined) return undefined;
    const oldestAgeMs = clock.monotonicMs() - outbox.oldestQueuedAtMs;
    const waiting = { count: outbox.waiting, oldestAgeMs, isUrgent: outbox.hasKept || outbox.oldestNumber <= this.#urgentUpTo };
    return Math.max(dueInMs(waiting, { maxEvents: MAX_EVENTS, maxAgeMs: maxAgeMs() }), this.#pace.untilNextTryMs());
  }

  /** A timer even for now, so that packing never happens inside a call of the app. */
  #sendIn(delayMs: number): void {
    const { clock, timers, diagnostics } = this.#deps;
    const dueAtMs = clock.monotonicMs() + delayMs;
    if (this.#timer && this.#timer.dueAtMs <= dueAtMs) return;
    this.#timer?.cancel();
    const { cancel } = timers.setTimer(() => {
      this.#timer = undefined;
      inBackground(this.#sendWhileDue(), () => diagnostics.count('delivery'));
    }, delayMs);
    this.#timer = { dueAtMs, cancel };
  }

  async #sendWhileDue(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const turn = this.#turn;
    this.#triedAtMs = this.#deps.clock.monotonicMs();
    try {
      this.#deps.gather();
      while (turn === this.#turn && this.#dueInMs() === 0) {
        await this.#sendOne();
        if (this.#waiters.size > 0) break;
      }
    } catch (error) {
      // A fault of ours is a setback like any other: no event leaves the outbox for it.
      if (turn === this.#turn) this.#retry({ kind: 'retry', cause: 'unreachable', detail: String(error), retryAfterMs: undefined });
    }
    if (turn !== this.#turn) return;
    this.#isSending = false;
    if (this.#waiters.size === 0) return this.wake();
    // They go on with it: of the requests of a worker only those that wait are sure to be there still.
    for (const wakeUp of this.#waiters) wakeUp();
  }

  async #sendOne(): Promise<void> {
    const { outbox, facts, clock, post } = this.#deps;
    const targetVersion = this.#targetVersion;
    const events = outbox.take({ maxEvents: batchLimit(MAX_EVENTS, this.#suspects), maxBytes: MAX_BYTES });
    const [oldest] = events;
    // Nothing of what the spool held could be read.
    if (!oldest) return;
    const customers = facts.untold();
    this.#pace.noteTry();
    this.#triedAtMs = clock.monotonicMs();
    const reply = await post(endBatch(oldest.segment?.head ?? this.head(customers, this.#seq), events));
    // Given up meanwhile, and counted as lost: its answer counts no more.
    if (!outbox.isOnTheWay(events)) return;
    const verdict = judgeReply(reply, events.length, clock.nowMs());
    if (verdict.kind === 'settled') {
      if (oldest.segment?.head === undefined) {
        facts.confirm(customers);
        this.#seq += 1;
      }
      this.#settle(verdict, events.length);
    } else if (targetVersion !== this.#targetVersion) {
      // Refused under settings that hold no longer.
      outbox.putBack();
    } else {
      this.#refuse(verdict, events.length);
    }
  }

  #settle({ arrived, refusals }: Extract<Verdict, { kind: 'settled' }>, sentCount: number): void {
    const { outbox, diagnostics } = this.#deps;
    outbox.settle(refusals.length);
    const [first] = refusals;
    if (first)
      diagnostics.warnOnce(
        `rejected_${String(first['code'])}`,
        `the collector refused an event (${String(first['code'])}): ${String(first['detail'])}`,
      );
    diagnostics.debug(`batch: ${arrived} of ${sentCount} events arrived`);
    this.#suspects = suspectsAfter(this.#suspects, sentCount, 'settled');
    this.#isOverQuota = false;
    this.#pace.reset();
  }

  #refuse(verdict: Exclude<Verdict, { kind: 'settled' }>, sentCount: number): void {
    this.#deps.diagnostics.debug(`batch: ${verdict.kind}${verdict.kind === 'retry' ? ` (${verdict.detail})` : ''}`);
    if (verdict.kind === 'stop') this.#stop(verdict.status);
    else if (verdict.kind === 'split') this.#split(sentCount);
    else this.#retry(verdict);
  }

  #stop(status: number): void {
    const { outbox, diagnostics } = this.#deps;
    this.#isBlocked = true;
    outbox.giveUp('unauthorized');
    diagnostics.warnOnce(
      `unauthorized_${this.#targetVersion}`,
      `the collector refused the key (${status}): nothing more is sent. Give init() or LLMOBSERVE_API_KEY a valid key with the scope ingest`,
    );
  }

  #split(sentCount: number): void {
    const { outbox, diagnostics } = this.#deps;
    if (sentCount === 1) {
      outbox.settle(1);
      diagnostics.warnOnce('rejected_alone', 'the collector refused an event that was sent alone: it is counted as lost');
    } else {
      outbox.putBack();
    }
    this.#suspects = suspectsAfter(this.#suspects, sentCount, 'split');
    if (this.#pace.noteSetback() > EAGER_SPLITS) this.#pace.wait(undefined);
  }

  #retry({ cause, detail, retryAfterMs }: Extract<Verdict, { kind: 'retry' }>): void {
    this.#deps.outbox.putBack();
    this.#isOverQuota = cause === 'quota_exceeded';
    const setbacks = this.#pace.noteSetback();
    // The kept connection had died in its sleep: a fresh one tells more, at once.
    if (cause === 'stale_connection' && setbacks === 1) return;
    this.#pace.wait(retryAfterMs);
    if (setbacks < SETBACKS_WORTH_A_LINE && cause !== 'not_understood') return;
    this.#deps.diagnostics.warnOnce(`delivery_${cause}`, describeSetback(cause, detail));
  }

  /** Held, or a script that ends with `await flush()` would end before its answer. */
  #nextChange(leftMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#deps.timers.setHeldTimer(() => wakeUp(), leftMs);
      const wakeUp = (): void => {
        timer.cancel();
        this.#waiters.delete(wakeUp);
        resolve();
      };
      this.#waiters.add(wakeUp);
    });
  }
}
