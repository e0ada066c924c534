import type { Stats } from '../runtime.ts';

/** One event as it will travel, and when it came. */
export type QueuedEvent = {
  /** Ordinal of the capture, from 1: events leave in this order. */
  readonly number: number;
  readonly json: string;
  readonly sizeBytes: number;
  readonly queuedAtMs: number;
};

export type Room = { readonly maxBytes: number; readonly overflowReason: string };

export type BatchBounds = { readonly maxEvents: number; readonly maxBytes: number };

/** What is taken out of the front is moved over once it is this much. */
const COMPACT_AT = 1024;

/**
 * Every captured call from here to its end: it waits or is on the way, was sent, or is lost for a reason, one of them at any
 * moment. Bounded in bytes; the batch on the way is never dropped, since the collector may already hold it.
 */
export class Outbox {
  readonly #lost = new Map<string, number>();
  #captured = 0;
  #sent = 0;
  #waiting: QueuedEvent[] = [];
  #head = 0;
  #onTheWay: readonly QueuedEvent[] = [];
  #sizeBytes = 0;

  /** Counts a call whose event waits from here on; the oldest that wait make room for it. */
  add({ json, queuedAtMs }: Pick<QueuedEvent, 'json' | 'queuedAtMs'>, { maxBytes, overflowReason }: Room): void {
    const sizeBytes = Buffer.byteLength(json);
    const first = this.#head;
    this.#captured += 1;
    this.#waiting.push({ number: this.#captured, json, sizeBytes, queuedAtMs });
    this.#sizeBytes += sizeBytes;
    for (let oldest = this.#oldest; oldest && this.#sizeBytes > maxBytes; oldest = this.#oldest) {
      this.#sizeBytes -= oldest.sizeBytes;
      this.#head += 1;
    }
    this.#lose(overflowReason, this.#head - first);
    this.#compact();
  }

  /** Counts a call that has no event to send. */
  addLost(reason: string): void {
    this.#captured += 1;
    this.#lose(reason, 1);
  }

  /** Sends the oldest on their way, at least one if any waits. */
  take({ maxEvents, maxBytes }: BatchBounds): readonly QueuedEvent[] {
    const first = this.#head;
    let bytes = 0;
    for (let next = this.#oldest; next; next = this.#oldest) {
      bytes += next.sizeBytes;
      if (this.#head > first && (this.#head - first >= maxEvents || bytes > maxBytes)) break;
      this.#head += 1;
    }
    this.#onTheWay = this.#waiting.slice(first, this.#head);
    this.#compact();
    return this.#onTheWay;
  }

  /** False once a batch has found its end, or was given up. */
  isOnTheWay(batch: readonly QueuedEvent[]): boolean {
    return this.#onTheWay === batch;
  }

  /** What is on the way has not arrived: it waits again, in front. */
  putBack(): void {
    this.#waiting = [...this.#onTheWay, ...this.#waiting.slice(this.#head)];
    this.#head = 0;
    this.#onTheWay = [];
  }

  /** What was on the way has arrived, save those that were refused. */
  settle(rejected: number): void {
    for (const event of this.#onTheWay) this.#sizeBytes -= event.sizeBytes;
    this.#sent += this.#onTheWay.length - rejected;
    this.#lose('rejected', rejected);
    this.#onTheWay = [];
  }

  /** Counts everything that has not arrived as lost; says how much that is. */
  giveUp(reason: string): number {
    const count = this.#queued;
    this.#lose(reason, count);
    this.#waiting = [];
    this.#onTheWay = [];
    this.#head = 0;
    this.#sizeBytes = 0;
    return count;
  }

  stats(): Stats {
    return { captured: this.#captured, sent: this.#sent, queued: this.#queued, lost: Object.fromEntries(this.#lost) };
  }

  get captured(): number {
    return this.#captured;
  }

  /** Number of the oldest event that has not found its end. */
  get oldestNumber(): number {
    return (this.#onTheWay[0] ?? this.#oldest)?.number ?? Number.POSITIVE_INFINITY;
  }

  /** When the oldest of those that wait came. */
  get oldestQueuedAtMs(): number | undefined {
    return this.#oldest?.queuedAtMs;
  }

  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get #queued(): number {
    return this.waiting + this.#onTheWay.length;
  }

  get #oldest(): QueuedEvent | undefined {
    return this.#waiting[this.#head];
  }

  #lose(reason: string, count: number): void {
    if (count > 0) this.#lost.set(reason, (this.#lost.get(reason) ?? 0) + count);
  }

  #compact(): void {
    if (this.#head < COMPACT_AT && this.#oldest) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }
}
