import { makeBatch, makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

onBothEngines('a batch', (database) => {
  describe('works', () => {
    test('what is accepted is stored with its exact cost', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const event = makeEvent({ usage: { input: 176, cachedInput: 1024, output: 340 } });
      expect(await accept(sender, makeBatch([event]))).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
      const [row] = await rowsOf(database(), sender.workspaceId);
      // gpt-4o: $2.50 input, $1.25 cached input, $10 output per million tokens.
      expect(row).toMatchObject({ event_id: event.id, cost_pico: '5120000000', cost_quality: 'exact', repaired: false });
    });

    test('an empty batch is accepted and stores nothing', async () => {
      const { accept } = createPipeline(database());
      expect(await accept(newSender(), makeBatch([]))).toEqual({ accepted: 0, duplicates: 0, rejected: [] });
    });

    test('one bad event is told by index and id, its neighbours are stored', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const bad = { ...makeEvent(), usage: { input: -1 } };
      const answer = await accept(sender, { events: [makeEvent(), bad, 'nonsense', makeEvent()] });
      expect(answer).toMatchObject({ accepted: 2, duplicates: 0 });
      expect(answer.rejected).toEqual([
        { index: 1, id: bad.id, code: 'invalid_number', detail: expect.any(String) },
        { index: 2, code: 'invalid_type', detail: expect.any(String) },
      ]);
      expect(await rowsOf(database(), sender.workspaceId)).toHaveLength(2);
      expect(await faultsOf(database(), sender.workspaceId)).toEqual({ conflicts: 0, rejected: 2 });
    });

    test('the environment of an event wins over that of its key', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender('production');
      const [own, keys] = [makeEvent({ environment: 'staging' }), makeEvent()];
      await accept(sender, makeBatch([own, keys]));
      const environments = (await rowsOf(database(), sender.workspaceId)).map((row) => [row['event_id'], row['environment']]);
      expect(new Map(environments as [string, string][])).toEqual(
        new Map([
          [own.id, 'staging'],
          [keys.id, 'production'],
        ]),
      );
    });

    test('the innermost agent, trace and spans are kept in lean columns', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const ids = { traceId: 'ab'.repeat(16), spanId: 'f'.repeat(16), parentSpanId: '0'.repeat(15) + '1' };
      await accept(sender, makeBatch([makeEvent({ ...ids, section: 'agent:writer/agent:critic/tool:search' })]));
      const [row] = await rowsOf(database(), sender.workspaceId);
      expect(row).toMatchObject({ agent: 'critic', trace_id: 'abababab-abab-abab-abab-abababababab', span_id: '-1', parent_span_id: '1' });
    });

    test('what was committed is published with its cost, sections are not', async () => {
      const { accept, published } = createPipeline(database());
      const call = makeEvent({ customer: 'acme' });
      const section = {
        id: randomUUID(),
        kind: 'section',
        provider: 'llmobserve',
        startedAt: new Date().toISOString(),
        section: 'step:rank',
      };
      await accept(newSender('production'), { events: [call, section] });
      expect(published).toEqual([
        expect.objectContaining({ id: call.id, costUsd: '0.005120000000', customer: 'acme', environment: 'production' }),
      ]);
    });

    test('the largest quantities the contract allows are priced and stored exactly', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      await accept(sender, makeBatch([makeEvent({ usage: { output: 1e12 }, durationMs: 1e12, attempts: 1e12, firstTokenMs: 1e12 })]));
      const [row] = await rowsOf(database(), sender.workspaceId);
      expect(row).toMatchObject({ cost_pico: '10000000000000000000', duration_ms: '1000000000000' });
    });

    test('texts that no database can hold are repaired and marked', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const hostile = makeEvent({ tags: { a: 'x\u0000y' }, attributes: { b: ['\ud800', { __proto__: '"},{\\' }] } });
      expect(await accept(sender, makeBatch([hostile, makeEvent()]))).toMatchObject({ accepted: 2 });
      const row = (await rowsOf(database(), sender.workspaceId)).find((found) => found['event_id'] === hostile.id);
      expect(row).toMatchObject({ repaired: true, tags: { a: 'x\ufffdy' } });
    });

    test('whatever a text holds comes back as it was sent', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const texts = [
        ...fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), 200),
        'NULL',
        '{}',
        '\\',
        '"',
        "'",
        ',',
        ' ',
        '\\N',
        '\u{1F600}',
      ];
      const events = texts.map((text) =>
        makeEvent({ tags: { text }, attributes: { [text]: [text] }, release: 'r'.concat(text.replaceAll(/\p{Cc}/gu, '')) }),
      );
      expect(await accept(sender, makeBatch(events))).toMatchObject({ accepted: texts.length, rejected: [] });
      const rows = new Map((await rowsOf(database(), sender.workspaceId)).map((row) => [row['event_id'], row]));
      for (const { id, tags, attributes, release } of events) {
        expect(rows.get(id)).toMatchObject({ tags, attributes, release, repaired: false });
      }
    });
  });

  describe('counts each id once', () => {
    test('within a batch, the first wins and another content is a conflict', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const event = makeEvent({ customer: 'first' });
      const answer = await accept(sender, makeBatch([event, event, { ...event, customer: 'second' }]));
      expect(answer).toEqual({ accepted: 1, duplicates: 2, rejected: [] });
      expect(await rowsOf(database(), sender.workspaceId)).toMatchObject([{ customer_id: 'first' }]);
      expect(await faultsOf(database(), sender.workspaceId)).toEqual({ conflicts: 1, rejected: 0 });
    });

    test('across batches, in upper case and with its members in another order', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const event = makeEvent({ tags: { a: '1', b: '2' } });
      await accept(sender, makeBatch([event]));
      const again = {
        tags: { b: '2', a: '1' },
        ...Object.fromEntries(Object.entries({ ...event, id: event.id.toUpperCase() }).toReversed()),
      };
      expect(await accept(sender, { events: [{ ...again, tags: { b: '2', a: '1' } }] })).toEqual({
        accepted: 0,
        duplicates: 1,
        rejected: [],
      });
      expect(await faultsOf(database(), sender.workspaceId)).toBeUndefined();
    });

    test('across twenty that arrive at once, each accepted by exactly one', async () => {
      const { accept } = createPipeline(database());
      const sender = newSender();
      const events = Array.from({ length: 50 }, () => makeEvent());
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => accept(sender, makeBatch(index % 2 ? events : events.toReversed()))),
      );
      expect(sum(answers.map((answer) => answer.accepted))).toBe(50);
      expect(sum(answers.map((answer) => answer.duplicates))).toBe(19 * 50);
      expect(await rowsOf(database(), sender.workspaceId)).toHaveLength(50);
    });

    test('between two collectors on one database', async () => {
      const [one, other] = [createPipeline(database()), createPipeline(database())];
      const sender = newSender();
      const events = Array.from({ length: 200 }, () => makeEvent({ customer: 'acme' }));
      const answers = await Promise.all([one, other, one, other].map(({ accept }) => accept(sender, makeBatch(events))));
      expect(sum(answers.map((answer) => answer.accepted))).toBe(200);
      expect(await rowsOf(database(), sender.workspaceId)).toHaveLength(200);
    });

    test('the same id in another workspace is another event', async () => {
      const { accept } = createPipeline(database());
      const event = makeEvent();
      const [one, other] = [newSender(), newSender()];
      await accept(one, makeBatch([event]));
      expect(await accept(other, makeBatch([event]))).toMatchObject({ accepted: 1, duplicates: 0 });
    });
  });
});

async function rowsOf(database: Database, workspaceId: string): Promise<readonly Record<string, unknown>[]> {
  return database.query(sql`SELECT * FROM trace_events WHERE workspace_id = ${workspaceId}`);
}

async function faultsOf(database: Database, workspaceId: string): Promise<unknown> {
  const [row] = await database.query<{ conflicts: string; rejected: string }>(
    sql`SELECT sum(conflicts) AS conflicts, sum(rejected) AS rejected FROM ingest_faults WHERE workspace_id = ${workspaceId} GROUP BY workspace_id`,
  );
  return row && { conflicts: Number(row.conflicts), rejected: Number(row.rejected) };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
