import { countToDrop } from './count-to-drop.ts';

/** One event as it will travel, and when it came. */
export type QueuedEvent = {
  /** Ordinal of the capture, from 1: events leave in this order. */
  readonly number: number;
  readonly json: string;
  readonly sizeBytes: number;
  readonly queuedAtMs: number;
};

export type BatchBounds = { readonly maxEvents: number; readonly maxBytes: number };

/** What is taken out of the front is moved over once it is this much. */
const COMPACT_AT = 1024;

/**
 * Events between capture and acknowledgement, oldest first, bounded in bytes: those that wait and the one batch on the way.
 * The batch on the way is never dropped, since the collector may already hold it.
 */
export class EventQueue {
  #waiting: QueuedEvent[] = [];
  #head = 0;
  #onTheWay: readonly QueuedEvent[] = [];
  #sizeBytes = 0;

  /** Adds an event and drops as many of the oldest as the bound asks for; says how many. */
  push(event: QueuedEvent, maxBytes: number): number {
    this.#waiting.push(event);
    this.#sizeBytes += event.sizeBytes;
    const excessBytes = this.#sizeBytes - maxBytes;
    return excessBytes > 0 ? this.#drop(countToDrop(this.#oldestFirst(), excessBytes)) : 0;
  }

  /** Sends the oldest on their way, at least one if any waits. */
  take(bounds: BatchBounds): readonly QueuedEvent[] {
    let end = this.#head;
    let bytes = 0;
    for (const event of this.#oldestFirst()) {
      const isFull = end - this.#head >= bounds.maxEvents || bytes + event.sizeBytes > bounds.maxBytes;
      if (isFull && end > this.#head) break;
      bytes += event.sizeBytes;
      end += 1;
    }
    this.#onTheWay = this.#waiting.slice(this.#head, end);
    this.#advance(end);
    return this.#onTheWay;
  }

  /** What is on the way has not arrived: it waits again, in front. */
  putBack(): void {
    this.#waiting = [...this.#onTheWay, ...this.#waiting.slice(this.#head)];
    this.#head = 0;
    this.#onTheWay = [];
  }

  /** What was on the way has found its end. */
  settle(): void {
    for (const event of this.#onTheWay) this.#sizeBytes -= event.sizeBytes;
    this.#onTheWay = [];
  }

  /** Drops everything; says how many events that were. */
  clear(): number {
    const count = this.size;
    this.#waiting = [];
    this.#head = 0;
    this.#onTheWay = [];
    this.#sizeBytes = 0;
    return count;
  }

  get size(): number {
    return this.waiting + this.#onTheWay.length;
  }

  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Number of the oldest event that has not found its end. */
  get oldestNumber(): number {
    return (this.#onTheWay[0] ?? this.#waiting[this.#head])?.number ?? Number.POSITIVE_INFINITY;
  }

  /** When the oldest of those that wait came. */
  get oldestQueuedAtMs(): number | undefined {
    return this.#waiting[this.#head]?.queuedAtMs;
  }

  *#oldestFirst(): Iterable<QueuedEvent> {
    for (let index = this.#head; index < this.#waiting.length; index += 1) {
      const event = this.#waiting[index];
      if (event) yield event;
    }
  }

  #drop(count: number): number {
    for (const event of this.#waiting.slice(this.#head, this.#head + count)) this.#sizeBytes -= event.sizeBytes;
    this.#advance(this.#head + count);
    return count;
  }

  #advance(head: number): void {
    this.#head = head;
    if (head < COMPACT_AT && head < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(head);
    this.#head = 0;
  }
}
