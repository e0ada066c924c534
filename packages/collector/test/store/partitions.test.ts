import { makeBatch, makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { makePartitions } from '../../src/store/index.ts';
import { monthPartitions } from '../../src/store/partitions/month-partition.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

const NOW = Date.UTC(2026, 10, 20);

describe('months', () => {
  test('go from the last one to those ahead, across the turn of a year', () => {
    expect(monthPartitions(Date.UTC(2026, 11, 31, 23, 59), 1)).toEqual(
      [
        { name: 'trace_events_y2026m11', fromId: firstId('019a3ca2f400'), toId: firstId('019ad7227c00') },
        { name: 'trace_events_y2026m12', fromId: firstId('019ad7227c00'), toId: firstId('019b76c85c00') },
        { name: 'trace_events_y2027m01', fromId: firstId('019b76c85c00'), toId: firstId('019c166e3c00') },
      ].map((month) => ({
        ...month,
        fromId: expect.stringMatching(/-0000-0000-000000000000$/),
        toId: expect.stringMatching(/-0000-0000-000000000000$/),
      })),
    );
  });

  test('meet without a gap', () => {
    const months = monthPartitions(NOW, 14);
    expect(months.slice(1).map((month) => month.fromId)).toEqual(months.slice(0, -1).map((month) => month.toId));
  });
});

onBothEngines('partitions', (database) => {
  test('are made once, and take in what came before them', async () => {
    const { accept } = createPipeline(database(), () => NOW);
    const sender = newSender();
    const early = makeEvent({ id: idAt(Date.UTC(2026, 11, 24)), startedAt: '2026-11-20T00:00:00.000Z' });
    await accept(sender, makeBatch([early]));
    expect(await placesOf([early.id])).toEqual(['trace_events_default']);

    expect((await makePartitions(database(), NOW)).map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'trace_events_y2026m10 made',
      'trace_events_y2026m11 made',
      'trace_events_y2026m12 made',
      'trace_events_y2027m01 made',
    ]);
    expect((await makePartitions(database(), NOW)).every(({ outcome }) => outcome === 'there')).toBe(true);
    expect(await placesOf([early.id])).toEqual(['trace_events_y2026m12']);
    expect(await accept(sender, makeBatch([early]))).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  test('are found by the v7 time of an id; all other ids go to the default one', async () => {
    const { accept } = createPipeline(database(), () => NOW);
    await makePartitions(database(), NOW);
    const ids = [idAt(NOW), idAt(Date.UTC(2019, 0, 1)), 'f47ac10b-58cc-4372-a567-0e02b2c3d479'];
    const startedAt = '2026-11-20T00:00:00.000Z';
    await accept(newSender(), makeBatch(ids.map((id) => makeEvent({ id, startedAt }))));
    expect(await placesOf(ids)).toEqual(['trace_events_default', 'trace_events_default', 'trace_events_y2026m11']);
  });

  test('can be made by several collectors at once', async () => {
    const later = Date.UTC(2027, 5, 1);
    await Promise.all([1, 2, 3].map(() => makePartitions(database(), later)));
    expect((await makePartitions(database(), later)).every(({ outcome }) => outcome === 'there')).toBe(true);
  });

  async function placesOf(ids: readonly string[]): Promise<readonly (string | undefined)[]> {
    const rows = await database().query<{ place: string }>(sql`
      SELECT tableoid::regclass::text AS place FROM trace_events WHERE event_id = ANY(${sql.param([...ids])}::uuid[]) ORDER BY place
    `);
    return rows.map((row) => row.place);
  }
});

function firstId(time: string): string {
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

function idAt(timeMs: number): string {
  const time = timeMs.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
