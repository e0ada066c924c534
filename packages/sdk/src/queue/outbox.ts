import type { Stats } from '../runtime.ts';

/** A file in which events are safe; `head` begins the batches of another process that left it. */
export type Segment = { readonly head: string | undefined };

/** Where events are kept beside memory. */
export type OutboxSpool<File extends Segment> = {
  /** Keeps events; undefined where that cannot be done. */
  save(events: readonly string[]): File | undefined;
  settle(file: File, count: number): void;
  /** This many of its events, the newest, are forgotten here until they are taken up. */
  park(file: File, count: number): void;
  takeUp(): { readonly segment: File; readonly events: readonly string[] } | undefined;
  giveUp(): void;
  readonly hasBacklog: boolean;
};

/** One event as it will travel, and when it came. */
export type QueuedEvent<File extends Segment = Segment> = {
  /** Ordinal of the capture, from 1; 0 once it was forgotten in between. */
  readonly number: number;
  readonly json: string;
  readonly sizeBytes: number;
  readonly queuedAtMs: number;
  /** Where it is safe, if it is. */
  segment: File | undefined;
};

export type Room = {
  readonly maxBytes: number;
  readonly overflowReason: string;
  /** Whether events are written to the spool while the process runs. */
  readonly isKept: boolean;
};

export type BatchBounds = { readonly maxEvents: number; readonly maxBytes: number };

/** However small they are: each costs more memory than its bytes. */
const MAX_WAITING = 100_000;
/** What is taken out of the front is moved over once it is this much. */
const COMPACT_AT = 1024;
/** A disk that is nearly full takes what still fits. */
const SAVED_AT_ONCE = 100;

/**
 * Every captured call from here to its end: it waits or is on the way, was sent, or is lost for a reason, one of them at any
 * moment. Bounded in bytes; what was on the way once is never lost for it, since the collector may already hold it. What
 * another process left is sent too; it is in no count unless it is lost here.
 */
export class Outbox<File extends Segment = Segment> {
  readonly #spool: OutboxSpool<File>;
  readonly #lost = new Map<string, number>();
  #captured = 0;
  #sent = 0;
  #waiting: QueuedEvent<File>[] = [];
  #head = 0;
  /** What was on the way at least once and has not found its end, older than all that wait; in front of it what is on the way now. */
  #tried: readonly QueuedEvent<File>[] = [];
  #onTheWay: readonly QueuedEvent<File>[] = [];
  #sizeBytes = 0;
  /** Own events that are only in the spool. */
  #parked = 0;
  /** Events of others that are in memory. */
  #adopted = 0;

  constructor(spool: OutboxSpool<File>) {
    this.#spool = spool;
  }

  /** Counts a call whose event waits from here on; the oldest that wait make room for it. */
  add({ json, queuedAtMs }: Pick<QueuedEvent, 'json' | 'queuedAtMs'>, { maxBytes, overflowReason, isKept }: Room): void {
    this.#captured += 1;
    this.#push({ number: this.#captured, json, queuedAtMs });
    for (let oldest = this.#next; oldest && (this.#sizeBytes > maxBytes || this.waiting > MAX_WAITING); oldest = this.#next) {
      if (!oldest.segment && isKept) this.save();
      if (this.#next !== oldest) continue;
      this.#drop(oldest);
      if (oldest.segment) this.#park(oldest.segment);
      else this.#lose(overflowReason, 1);
    }
    this.#compact();
  }

  /** Counts a call that has no event to send. */
  addLost(reason: string): void {
    this.#captured += 1;
    this.#lose(reason, 1);
  }

  /** Sends the oldest on their way, at least one if any waits; those of one process only. */
  take({ maxEvents, maxBytes }: BatchBounds): readonly QueuedEvent<File>[] {
    if (!this.#oldest) this.#takeUp();
    const candidates = [...this.#tried, ...this.#waiting.slice(this.#head, this.#head + maxEvents)].slice(0, maxEvents);
    let count = 0;
    let bytes = 0;
    for (const { segment, sizeBytes } of candidates) {
      bytes += sizeBytes;
      if (count > 0 && (bytes > maxBytes || segment?.head !== candidates[0]?.segment?.head)) break;
      count += 1;
    }
    this.#onTheWay = candidates.slice(0, count);
    if (count > this.#tried.length) {
      this.#head += count - this.#tried.length;
      this.#tried = this.#onTheWay;
      this.#compact();
    }
    return this.#onTheWay;
  }

  /** False once a batch has found its end, or was given up. */
  isOnTheWay(batch: readonly unknown[]): boolean {
    return this.#onTheWay === batch;
  }

  /** What is on the way has not arrived: it waits again, in front. */
  putBack(): void {
    this.#onTheWay = [];
    this.#letGo();
  }

  /** What was on the way has arrived, save those that were refused. */
  settle(rejected: number): void {
    const count = this.#onTheWay.length;
    const isAdopted = this.#onTheWay[0]?.segment?.head !== undefined;
    for (const { sizeBytes, segment } of this.#onTheWay) {
      this.#sizeBytes -= sizeBytes;
      if (segment) this.#spool.settle(segment, 1);
    }
    this.#tried = this.#tried.slice(count);
    this.#onTheWay = [];
    this.#lose('rejected', rejected);
    if (!isAdopted) {
      this.#sent += count - rejected;
      return;
    }
    this.#adopted -= count;
    this.#captured += rejected;
  }

  /** Writes to the spool what is only in memory; says how many events could not be kept. */
  save(): number {
    let first = this.#waiting.length;
    while (first > this.#head && !this.#waiting[first - 1]?.segment) first -= 1;
    const unsafe = [...this.#tried.filter(({ segment }) => !segment), ...this.#waiting.slice(first)];
    for (let index = 0; index < unsafe.length; index += SAVED_AT_ONCE) {
      const events = unsafe.slice(index, index + SAVED_AT_ONCE);
      const segment = this.#spool.save(events.map(({ json }) => json));
      if (!segment) return unsafe.length - index;
      for (const event of events) event.segment = segment;
    }
    this.#letGo();
    return 0;
  }

  /** Counts what the spool held and nobody can send any more; what another process left is counted as captured with it. */
  loseInSpool(reason: string, count: number, isAdopted: boolean): void {
    if (isAdopted) this.#captured += count;
    else this.#parked -= count;
    this.#lose(reason, count);
  }

  /** What others left stays in the spool. */
  forgetAdopted(): void {
    this.#waiting = this.#waiting.slice(this.#head).filter(isOwn);
    this.#tried = this.#tried.filter(isOwn);
    if (!this.#onTheWay.every(isOwn)) this.#onTheWay = [];
    this.#head = 0;
    this.#adopted = 0;
    this.#sizeBytes = sizeOf([...this.#waiting, ...this.#tried]);
  }

  /** Counts what is only in memory as lost; says how much that is. */
  loseUnsafe(reason: string): number {
    const all = [...this.#tried, ...this.#waiting.slice(this.#head)];
    const safe = all.filter(({ segment }) => segment);
    const count = all.length - safe.length;
    this.#waiting = safe;
    this.#onTheWay = this.#tried = [];
    this.#head = 0;
    this.#sizeBytes = sizeOf(safe);
    this.#lose(reason, count);
    return count;
  }

  /** Counts everything of our own that has not arrived as lost; says how much that is. */
  giveUp(reason: string): number {
    const count = this.#queued;
    this.#lose(reason, count);
    this.#waiting = [];
    this.#onTheWay = this.#tried = [];
    this.#head = this.#sizeBytes = this.#parked = this.#adopted = 0;
    this.#spool.giveUp();
    return count;
  }

  stats(): Stats {
    return { captured: this.#captured, sent: this.#sent, queued: this.#queued, lost: Object.fromEntries(this.#lost) };
  }

  get captured(): number {
    return this.#captured;
  }

  /** Number of the oldest event of our own that has not found its end. */
  get oldestNumber(): number {
    if (this.#parked > 0) return 0;
    const oldest = [this.#tried[0], this.#next].find((event) => event && isOwn(event));
    // Behind those that others left, of which there is no more than a file in memory.
    return (oldest ?? (this.#adopted > 0 ? this.#waiting.find(isOwn) : undefined))?.number ?? Number.POSITIVE_INFINITY;
  }

  /** True while something waits that has been on disk. */
  get hasKept(): boolean {
    return this.#spool.hasBacklog || this.#adopted > 0 || this.#oldest?.number === 0;
  }

  /** When the oldest of those came that have not arrived. */
  get oldestQueuedAtMs(): number | undefined {
    return this.#oldest?.queuedAtMs ?? (this.#spool.hasBacklog ? 0 : undefined);
  }

  get waiting(): number {
    return this.#tried.length + this.#waiting.length - this.#head;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get #queued(): number {
    return this.waiting + this.#parked - this.#adopted;
  }

  get #oldest(): QueuedEvent<File> | undefined {
    return this.#tried[0] ?? this.#next;
  }

  get #next(): QueuedEvent<File> | undefined {
    return this.#waiting[this.#head];
  }

  #push({ number, json, queuedAtMs }: Pick<QueuedEvent<File>, 'number' | 'json' | 'queuedAtMs'>, segment?: File): void {
    const sizeBytes = Buffer.byteLength(json);
    this.#waiting.push({ number, json, sizeBytes, queuedAtMs, segment });
    this.#sizeBytes += sizeBytes;
  }

  #takeUp(): void {
    const found = this.#spool.takeUp();
    if (!found) return;
    const { segment, events } = found;
    if (segment.head === undefined) this.#parked -= events.length;
    else this.#adopted += events.length;
    for (const json of events) this.#push({ number: 0, json, queuedAtMs: 0 }, segment);
  }

  /** A file's events are forgotten together, so that they can be taken up together. */
  #park(segment: File): void {
    let count = 1;
    for (let next = this.#next; next?.segment === segment; next = this.#next) {
      this.#drop(next);
      count += 1;
    }
    if (segment.head === undefined) this.#parked += count;
    else this.#adopted -= count;
    this.#spool.park(segment, count);
  }

  /** What was tried and is safe on disk may be forgotten here like all that wait. */
  #letGo(): void {
    if (this.#onTheWay.length > 0 || !this.#tried.every(({ segment }) => segment)) return;
    this.#waiting = [...this.#tried, ...this.#waiting.slice(this.#head)];
    this.#head = 0;
    this.#tried = [];
  }

  #drop({ sizeBytes }: QueuedEvent<File>): void {
    this.#sizeBytes -= sizeBytes;
    this.#head += 1;
  }

  #lose(reason: string, count: number): void {
    if (count > 0) this.#lost.set(reason, (this.#lost.get(reason) ?? 0) + count);
  }

  #compact(): void {
    if (this.#head < COMPACT_AT && this.#next) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }
}

function sizeOf(events: readonly QueuedEvent[]): number {
  return events.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function isOwn({ segment }: QueuedEvent): boolean {
  return segment?.head === undefined;
}
