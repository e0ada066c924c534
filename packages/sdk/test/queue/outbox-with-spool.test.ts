import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outbox, type OutboxSpool } from '../../src/queue/index.ts';

type File = { readonly head: string | undefined; readonly events: string[]; settled: number; isGone: boolean };

/** The spool as a plain list of files, one of which may be appended to. */
class ModelSpool implements OutboxSpool<File> {
  readonly files: File[] = [];
  readonly #backlog = new Set<File>();
  #current: File | undefined;
  isFull = false;

  get hasBacklog(): boolean {
    return this.#backlog.size > 0;
  }

  save(events: readonly string[]): File | undefined {
    if (this.isFull) return undefined;
    this.#current ??= this.#add(undefined, []);
    this.#current.events.push(...events);
    return this.#current;
  }

  leave(head: string, events: string[]): void {
    this.#backlog.add(this.#add(head, events));
  }

  settle(file: File, count: number): void {
    file.settled += count;
    if (file.settled < file.events.length) return;
    file.isGone = true;
    if (file === this.#current) this.#current = undefined;
  }

  park(file: File): void {
    if (file === this.#current) this.#current = undefined;
    this.#backlog.add(file);
  }

  takeUp(): { segment: File; events: readonly string[] } | undefined {
    const [segment] = this.#backlog;
    if (!segment) return undefined;
    this.#backlog.delete(segment);
    return { segment, events: segment.events.slice(segment.settled) };
  }

  giveUp(): void {
    for (const file of this.files.filter(({ isGone }) => !isGone)) {
      if (file.head === undefined) {
        file.isGone = true;
        this.#backlog.delete(file);
      } else this.park(file);
    }
    this.#current = undefined;
  }

  #add(head: string | undefined, events: string[]): File {
    const file = { head, events, settled: 0, isGone: false };
    this.files.push(file);
    return file;
  }
}

const STEPS = ['add', 'add', 'add', 'save', 'take', 'arrive', 'fail', 'leave', 'fill', 'empty'] as const;

test('whatever is saved, parked, taken up and left by others: each event arrives once or is counted, and the balance holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...STEPS), { minLength: 20, maxLength: 150, size: 'max' }),
      fc.integer({ min: 1, max: 12 }),
      (steps, roomFor) => {
        const spool = new ModelSpool();
        const outbox = new Outbox<File>(spool);
        const own = new Set<string>();
        const others = new Set<string>();
        const arrived: string[] = [];
        let batch: readonly { readonly json: string; readonly segment: File | undefined }[] = [];
        let ordinal = 0;

        const name = (): string => `event-${String((ordinal += 1)).padStart(4, '0')}`;
        const settle = (): void => {
          expect(new Set(batch.map(({ segment }) => segment?.head)).size).toBeLessThanOrEqual(1);
          arrived.push(...batch.map(({ json }) => json));
          outbox.settle(0);
          batch = [];
        };
        const play: Record<(typeof STEPS)[number], () => void> = {
          add: () => {
            const json = name();
            own.add(json);
            outbox.add({ json, queuedAtMs: ordinal }, { maxBytes: roomFor * json.length, overflowReason: 'queue_overflow', isKept: false });
          },
          save: () => void outbox.save(),
          take: () => {
            if (batch.length === 0) batch = outbox.take({ maxEvents: 4, maxBytes: 1000 });
          },
          arrive: settle,
          fail: () => {
            outbox.putBack();
            batch = [];
          },
          leave: () => {
            const events = [name(), name(), name()];
            for (const event of events) others.add(event);
            spool.leave(`{"of":${ordinal}`, events);
          },
          fill: () => (spool.isFull = true),
          empty: () => (spool.isFull = false),
        };
        for (const step of steps) {
          play[step]();
          const { captured, sent, queued, lost } = outbox.stats();
          expect([captured, sent + queued + (lost['queue_overflow'] ?? 0)]).toEqual([own.size, own.size]);
        }
        settle();
        while (outbox.hasKept || Number.isFinite(outbox.oldestNumber)) {
          batch = outbox.take({ maxEvents: 4, maxBytes: 1000 });
          settle();
        }
        expect(new Set(arrived).size).toBe(arrived.length);
        const { sent, queued, lost } = outbox.stats();
        expect([sent, queued, lost['queue_overflow'] ?? 0]).toEqual([arrived.filter((id) => own.has(id)).length, 0, own.size - sent]);
        expect([...others].every((id) => arrived.includes(id))).toBe(true);
        expect(spool.files.every(({ isGone }) => isGone)).toBe(true);
        expect(outbox.sizeBytes).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});
