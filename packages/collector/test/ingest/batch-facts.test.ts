import type { CustomerFacts } from '@llmobserve/protocol';
import { makeBatch, makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

const NOON = Date.parse('2026-11-20T12:00:00.000Z');
const HOUR_MS = 3_600_000;

onBothEngines('what stands beside the events', (database) => {
  describe('customers', () => {
    test('are seen from their first call to their last, in whatever order calls arrive', async () => {
      const { accept } = createPipeline(database(), () => NOON);
      const sender = newSender();
      for (const startedAt of ['2026-11-20T09:00:00.000Z', '2026-11-20T11:00:00.000Z', '2026-11-01T00:00:00.000Z']) {
        await accept(sender, makeBatch([makeEvent({ customer: 'acme', startedAt })]));
      }
      expect(await customersOf(database(), sender.workspaceId)).toEqual([
        { id: 'acme', name: null, plan: null, tags: null, first: '2026-11-01T00:00:00.000Z', last: '2026-11-20T11:00:00.000Z' },
      ]);
    });

    test('keep the facts that a later batch does not tell', async () => {
      const { accept } = createPipeline(database(), () => NOON);
      const sender = newSender();
      const tell = (...customers: CustomerFacts[]) => accept(sender, makeBatch([], { customers }));
      await tell({ id: 'acme', name: 'Acme', tags: { tier: 'a' } });
      await tell({ id: 'acme', plan: 'pro' }, { id: 'acme', name: 'Acme Inc.' });
      const noon = new Date(NOON).toISOString();
      expect(await customersOf(database(), sender.workspaceId)).toEqual([
        { id: 'acme', name: 'Acme Inc.', plan: 'pro', tags: { tier: 'a' }, first: noon, last: noon },
      ]);
    });

    test('are not seen later because a fact came later', async () => {
      let nowMs = NOON;
      const { accept } = createPipeline(database(), () => nowMs);
      const sender = newSender();
      const startedAt = '2026-11-20T09:00:00.000Z';
      await accept(sender, makeBatch([makeEvent({ customer: 'acme', startedAt })]));
      nowMs += HOUR_MS;
      await accept(sender, makeBatch([], { customers: [{ id: 'acme', name: 'Acme' }] }));
      expect(await customersOf(database(), sender.workspaceId)).toMatchObject([{ name: 'Acme', first: startedAt, last: startedAt }]);
    });

    test('that cannot be read cost no event and no neighbour', async () => {
      const { accept } = createPipeline(database(), () => NOON);
      const sender = newSender();
      const customers = [null, 7, { name: 'nameless' }, { id: '' }, { id: 'ok', name: 7, plan: 'x'.repeat(201), tags: { a: 1, b: 'two' } }];
      expect(await accept(sender, { events: [makeEvent({ startedAt: new Date(NOON).toISOString() })], customers })).toMatchObject({
        accepted: 1,
      });
      expect(await customersOf(database(), sender.workspaceId)).toMatchObject([{ id: 'ok', name: null, plan: null, tags: { b: 'two' } }]);
    });
  });

  describe('losses', () => {
    test('of a process are counted once, in the hour in which they were told', async () => {
      let nowMs = NOON;
      const { accept } = createPipeline(database(), () => nowMs);
      const sender = newSender();
      const report = (instance: string, lost: Record<string, number>) =>
        accept(sender, { events: [], lost, sdk: { name: 'llmobserve', version: '1', runtime: 'node', instance } });
      await report('a', { queue_overflow: 3, timeout: 0 });
      await report('a', { queue_overflow: 3 });
      await report('b', { queue_overflow: 4 });
      nowMs += HOUR_MS;
      await report('a', { queue_overflow: 10 });
      await report('a', { queue_overflow: 5 });
      expect(await lossesOf(database(), sender.workspaceId)).toEqual([
        'a queue_overflow 12: 3',
        'a queue_overflow 13: 7',
        'b queue_overflow 12: 4',
      ]);
    });

    test('told by many batches at once are still counted once', async () => {
      const [one, other] = [createPipeline(database(), () => NOON), createPipeline(database(), () => NOON)];
      const sender = newSender();
      const reports = Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? one : other).accept(sender, { events: [], lost: { expired: index + 1 } }),
      );
      await Promise.all(reports);
      expect(await lossesOf(database(), sender.workspaceId)).toEqual([`key:${sender.keyId} expired 12: 20`]);
    });

    test('that are no counts are left out', async () => {
      const { accept } = createPipeline(database(), () => NOON);
      const sender = newSender();
      await accept(sender, { events: [], lost: { a: -1, b: 1.5, c: '3', d: 1e13, '': 4 }, seq: 'x', sdk: 5 });
      await accept(sender, { events: [], lost: [1, 2] });
      expect(await lossesOf(database(), sender.workspaceId)).toEqual([]);
    });
  });

  test('the rate card that priced an event is kept once per workspace', async () => {
    const { accept } = createPipeline(database());
    const sender = newSender();
    await accept(sender, makeBatch([makeEvent(), makeEvent()]));
    await createPipeline(database()).accept(sender, makeBatch([makeEvent()]));
    const cards = await database().query<{ id: string; used: string }>(sql`
      SELECT c.id, count(e.event_id) AS used FROM rate_cards c
      JOIN trace_events e ON e.workspace_id = c.workspace_id AND e.rate_card_id = c.id
      WHERE c.workspace_id = ${sender.workspaceId} GROUP BY c.id
    `);
    expect(cards).toEqual([{ id: expect.any(String), used: '3' }]);
  });
});

async function customersOf(database: Database, workspaceId: string): Promise<readonly unknown[]> {
  const rows = await database.query<Record<string, string>>(sql`
    SELECT id, name, plan, tags, first_seen_at AS first, last_seen_at AS last FROM customers WHERE workspace_id = ${workspaceId} ORDER BY id
  `);
  return rows.map((row) => ({ ...row, first: toIso(row['first']), last: toIso(row['last']) }));
}

function toIso(text: string | undefined): string {
  return new Date(text ?? '').toISOString();
}

async function lossesOf(database: Database, workspaceId: string): Promise<readonly string[]> {
  const rows = await database.query<{ line: string }>(sql`
    SELECT format('%s %s %s: %s', instance, reason, extract(hour FROM hour AT TIME ZONE 'UTC'), count) AS line
    FROM loss_reports WHERE workspace_id = ${workspaceId} ORDER BY line
  `);
  return rows.map((row) => row.line);
}
