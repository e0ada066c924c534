import { makeBatch, makeEvent, startPostgres, type Postgres } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/failures.ts';
import { openDatabase, type Database } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { QUIET } from '../on-both-engines.ts';

describe('when PostgreSQL goes away', () => {
  let postgres: Postgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await startPostgres();
    database = await openDatabase(QUIET, { engine: 'postgres', url: postgres.url });
  });
  beforeEach(async () => {
    expect(await database.isReady()).toBe(true);
  });
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  test('a batch is refused at once, and accepted again without a restart of ours', async () => {
    const { accept } = createPipeline(database);
    const sender = newSender();
    const acknowledged = new Set<string>();
    const send = async (): Promise<void> => {
      const event = makeEvent();
      if ((await accept(sender, makeBatch([event]))).accepted === 1) acknowledged.add(event.id);
    };
    await send();
    await postgres.kill9();
    const refusedAt = performance.now();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, send));
    expect(performance.now() - refusedAt).toBeLessThan(3000);
    const refusals = answers.flatMap((answer): unknown[] => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refusals.filter((refusal) => !(refusal instanceof StoreUnavailableError))).toEqual([]);
    await expect(send()).rejects.toThrow(StoreUnavailableError);
    expect(await database.isReady()).toBe(false);

    await postgres.start();
    expect(await database.isReady()).toBe(true);
    await send();
    const stored = await database.query<{ id: string }>(
      sql`SELECT event_id AS id FROM trace_events WHERE workspace_id = ${sender.workspaceId}`,
    );
    expect(new Set(stored.map((row) => row.id))).toEqual(acknowledged);
  });

  test('connections that were cut are replaced within the same batch', async () => {
    const { accept } = createPipeline(database);
    const sender = newSender();
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    for (let round = 0; round < 10; round += 1) {
      const accepting = accept(sender, makeBatch([makeEvent()]));
      await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'llmobserve-collector'");
      // Either it was stored, or it is refused so that the sender tries again: never anything else.
      await accepting.catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailableError));
      expect(await accept(sender, makeBatch(1))).toMatchObject({ accepted: 1 });
    }
    await admin.end();
  });

  test('a lock that is held for ever refuses the batch after its bound, and holds up no other', async () => {
    const { accept } = createPipeline(database);
    const [held, free] = [newSender(), newSender()];
    const event = makeEvent();
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    await accept(held, makeBatch([event], { customers: [{ id: 'acme' }] }));
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM customers WHERE workspace_id = $1 FOR UPDATE', [held.workspaceId]);
    const waiting = accept(held, makeBatch([makeEvent()], { customers: [{ id: 'acme', name: 'Acme' }] }));
    expect(await accept(free, makeBatch(1))).toMatchObject({ accepted: 1 });
    await expect(waiting).rejects.toThrow(StoreUnavailableError);
    await other.query('ROLLBACK');
    await other.end();
    expect(await accept(held, makeBatch([event]))).toMatchObject({ duplicates: 1 });
  });
});
