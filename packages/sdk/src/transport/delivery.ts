import type { CustomerFacts, SdkIdentity } from '@llmobserve/protocol';
import type { Diagnostics } from '../diagnostics.ts';
import { batchLimit, suspectsAfter } from './batch-limit.ts';
import { describeSetback } from './describe-setback.ts';
import { judgeReply, type Reply, type Verdict } from './judge-reply.ts';
import { packBatch } from './pack-batch.ts';
import { retryDelayMs, SHORTEST_RETRY_DELAY_MS } from './retry-delay.ts';
import { inBackground } from '../in-background.ts';
import type { Timers } from '../timers.ts';

export type DeliveryQueue = {
  take(bounds: { readonly maxEvents: number; readonly maxBytes: number }): readonly { readonly json: string }[];
  putBack(): void;
  settle(): void;
  clear(): number;
  readonly waiting: number;
  readonly oldestNumber: number;
  readonly oldestQueuedAtMs: number | undefined;
};

export type DeliveryLedger = {
  addSent(count: number): void;
  addLost(reason: string, count: number): void;
  lost(): Readonly<Record<string, number>>;
};

export type DeliveryDeps = {
  readonly queue: DeliveryQueue;
  readonly ledger: DeliveryLedger;
  readonly facts: { untold(): readonly CustomerFacts[]; confirm(told: readonly CustomerFacts[]): void };
  /** Never rejects. */
  readonly post: (batchText: string) => Promise<Reply>;
  readonly abort: () => void;
  readonly identity: SdkIdentity;
  readonly diagnostics: Diagnostics;
  readonly isDue: (
    queue: { waiting: number; oldestAgeMs: number; isAsked: boolean },
    limits: { maxEvents: number; maxAgeMs: number },
  ) => boolean;
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
const FAILURES_WORTH_A_LINE = 2;

/** Brings events from the queue to the collector, one batch at a time, and counts the end each of them finds. */
export class Delivery {
  readonly #deps: DeliveryDeps;
  #isSending = false;
  #isBlocked = false;
  /** Events up to this number do not wait for company. */
  #urgentUpTo = 0;
  #failures = 0;
  #suspects = 0;
  #seq = 1;
  /** Raised when everything under way was given up: its answer counts no more. */
  #epoch = 0;
  #targetVersion = 0;
  #lastTryAtMs = Number.NEGATIVE_INFINITY;
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #isToldToWait = false;
  #isOverQuota = false;
  #timer: { dueAtMs: number; cancel(): void } | undefined;
  readonly #waiters = new Set<() => void>();

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** True after the key was refused: what is captured with it is lost. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** What an event that finds no room is lost for. */
  get overflowReason(): 'quota_exceeded' | 'queue_overflow' {
    return this.#isOverQuota ? 'quota_exceeded' : 'queue_overflow';
  }

  /** An event has come, or the settings have changed. */
  wake(): void {
    if (this.#isSending || this.#isBlocked) return;
    const delayMs = this.#untilDueMs();
    if (delayMs !== undefined) this.#sendIn(delayMs);
  }

  /** The key or the address has changed: what was refused before may pass now. */
  retarget(): void {
    this.#targetVersion += 1;
    this.#isBlocked = false;
    this.#isOverQuota = false;
    this.#resetPace();
    this.#deps.abort();
    this.wake();
  }

  /** Sends what waits at once, after the shortest pause if the last try failed, unless the collector itself named a date. */
  hurry(lastNumber: number): void {
    this.#urgentUpTo = Math.max(this.#urgentUpTo, lastNumber);
    if (!this.#isToldToWait) this.#notBeforeMs = Math.min(this.#notBeforeMs, this.#lastTryAtMs + SHORTEST_RETRY_DELAY_MS);
    this.wake();
  }

  /** Sends without waiting for company until every event up to `lastNumber` has found its end; false when the time is over. */
  async settleUpTo(lastNumber: number, timeoutMs: number): Promise<boolean> {
    const { queue, clock } = this.#deps;
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    this.hurry(lastNumber);
    while (queue.oldestNumber <= lastNumber) {
      const leftMs = deadlineMs - clock.monotonicMs();
      // Nothing can change before the collector's own date: no use in holding anybody up.
      if (leftMs <= 0 || (this.#isToldToWait && this.#notBeforeMs > deadlineMs)) return false;
      await this.#nextChange(leftMs);
    }
    return true;
  }

  /** Ends the try under way; its events wait again. */
  abort(): void {
    this.#deps.abort();
  }

  /** Counts everything that has not arrived as lost, and says how much that is. */
  giveUp(reason: string): number {
    this.#epoch += 1;
    this.#deps.abort();
    const count = this.#deps.queue.clear();
    this.#deps.ledger.addLost(reason, count);
    this.#suspects = 0;
    this.#changed();
    return count;
  }

  #untilDueMs(): number | undefined {
    const { queue, clock, isDue, maxAgeMs } = this.#deps;
    const oldestAtMs = queue.oldestQueuedAtMs;
    if (oldestAtMs === undefined) return undefined;
    const nowMs = clock.monotonicMs();
    const limits = { maxEvents: MAX_EVENTS, maxAgeMs: maxAgeMs() };
    const isNow = isDue(
      { waiting: queue.waiting, oldestAgeMs: nowMs - oldestAtMs, isAsked: queue.oldestNumber <= this.#urgentUpTo },
      limits,
    );
    const dueAtMs = isNow ? nowMs : oldestAtMs + limits.maxAgeMs;
    return Math.max(0, dueAtMs - nowMs, this.#notBeforeMs - nowMs);
  }

  /** A timer even for now, so that packing never happens inside a call of the app. */
  #sendIn(delayMs: number): void {
    const dueAtMs = this.#deps.clock.monotonicMs() + delayMs;
    if (this.#timer && this.#timer.dueAtMs <= dueAtMs) return;
    this.#timer?.cancel();
    const { cancel } = this.#deps.timers.setTimer(() => {
      this.#timer = undefined;
      inBackground(this.#sendWhileDue(), () => this.#deps.diagnostics.count('delivery'));
    }, delayMs);
    this.#timer = { dueAtMs, cancel };
  }

  async #sendWhileDue(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (!this.#isBlocked && this.#untilDueMs() === 0) {
        await this.#sendOne();
        this.#changed();
      }
    } catch (error) {
      // A fault of ours is a setback like any other: no event leaves the queue for it.
      this.#retry({ kind: 'retry', cause: 'unreachable', detail: String(error), retryAfterMs: undefined });
    }
    this.#isSending = false;
    this.wake();
  }

  async #sendOne(): Promise<void> {
    const { queue, facts, identity, ledger, clock } = this.#deps;
    const [epoch, targetVersion] = [this.#epoch, this.#targetVersion];
    const events = queue.take({ maxEvents: batchLimit(MAX_EVENTS, this.#suspects), maxBytes: MAX_BYTES });
    const customers = facts.untold();
    this.#lastTryAtMs = clock.monotonicMs();
    const reply = await this.#deps.post(packBatch({ sdk: identity, seq: this.#seq, lost: ledger.lost(), customers }, events));
    if (epoch !== this.#epoch) return;
    const verdict = judgeReply(reply, events.length, clock.nowMs());
    if (verdict.kind === 'settled') {
      facts.confirm(customers);
      this.#settle(verdict, events.length);
    } else if (targetVersion !== this.#targetVersion) {
      // Refused under settings that hold no longer.
      queue.putBack();
    } else {
      this.#refuse(verdict, events.length);
    }
  }

  #settle({ accepted, rejections }: Extract<Verdict, { kind: 'settled' }>, sentCount: number): void {
    const { queue, ledger, diagnostics } = this.#deps;
    queue.settle();
    ledger.addSent(accepted);
    ledger.addLost('rejected', rejections.length);
    const [first] = rejections;
    if (first) diagnostics.warnOnce(`rejected_${first.code}`, `the collector refused an event (${first.code}): ${first.detail}`);
    diagnostics.debug(`batch ${this.#seq}: ${accepted} of ${sentCount} events arrived`);
    this.#seq += 1;
    this.#suspects = suspectsAfter(this.#suspects, sentCount, 'settled');
    this.#isOverQuota = false;
    this.#resetPace();
  }

  #refuse(verdict: Exclude<Verdict, { kind: 'settled' }>, sentCount: number): void {
    this.#deps.diagnostics.debug(`batch ${this.#seq}: ${verdict.kind}${verdict.kind === 'retry' ? ` (${verdict.detail})` : ''}`);
    if (verdict.kind === 'stop') this.#stop(verdict.status);
    else if (verdict.kind === 'split') this.#split(sentCount);
    else this.#retry(verdict);
  }

  #stop(status: number): void {
    const { queue, ledger, diagnostics } = this.#deps;
    this.#isBlocked = true;
    ledger.addLost('unauthorized', queue.clear());
    const action = status === 403 ? 'a key with the scope ingest' : 'a valid key';
    diagnostics.warnOnce(
      `unauthorized_${this.#targetVersion}`,
      `the collector refused the key (${status}): nothing more is sent. Give init() or LLMOBSERVE_API_KEY ${action}`,
    );
  }

  #split(sentCount: number): void {
    const { queue, ledger, diagnostics } = this.#deps;
    if (sentCount === 1) {
      queue.settle();
      ledger.addLost('rejected', 1);
      diagnostics.warnOnce('rejected_alone', 'the collector refused an event that was sent alone: it is counted as lost');
    } else {
      queue.putBack();
    }
    this.#suspects = suspectsAfter(this.#suspects, sentCount, 'split');
    this.#failures += 1;
    if (this.#failures > EAGER_SPLITS) this.#waitBeforeNext(undefined);
  }

  #retry({ cause, detail, retryAfterMs }: Extract<Verdict, { kind: 'retry' }>): void {
    this.#deps.queue.putBack();
    this.#failures += 1;
    this.#isOverQuota = cause === 'quota_exceeded';
    // The kept connection had died in its sleep: a fresh one tells more, at once.
    if (cause === 'stale_connection' && this.#failures === 1) return;
    this.#waitBeforeNext(retryAfterMs);
    if (this.#failures >= FAILURES_WORTH_A_LINE || cause === 'not_understood') {
      this.#deps.diagnostics.warnOnce(`delivery_${cause}`, describeSetback(cause, detail));
    }
  }

  #waitBeforeNext(retryAfterMs: number | undefined): void {
    const delayMs = retryDelayMs({ failuresInARow: this.#failures, retryAfterMs }, this.#deps.random());
    this.#notBeforeMs = this.#deps.clock.monotonicMs() + delayMs;
    this.#isToldToWait = retryAfterMs !== undefined;
  }

  #resetPace(): void {
    this.#failures = 0;
    this.#notBeforeMs = Number.NEGATIVE_INFINITY;
    this.#isToldToWait = false;
  }

  #changed(): void {
    for (const wakeUp of this.#waiters) wakeUp();
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
