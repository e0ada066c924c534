import { makeBatch, makeEvent, startPostgres, type Postgres } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/failures.ts';
import { commitOnce } from '../../src/store/commit-once.ts';
import { openDatabase, type Database } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { QUIET } from '../on-both-engines.ts';
import { startWire, type Wire } from './start-wire.ts';

let postgres: Postgres;
let wire: Wire;
let database: Database;
beforeAll(async () => {
  postgres = await startPostgres();
  wire = await startWire(postgres.url);
  database = await openDatabase(QUIET, { engine: 'postgres', url: wire.url });
});
afterAll(async () => {
  await database.close();
  await wire.close();
  await postgres.stop();
});

test.each([
  ['after the server committed', 'after'],
  ['before the server heard of the commit', 'before'],
] as const)('a batch whose connection breaks %s is accepted, told and published once', async (_when, moment) => {
  const { accept, published } = createPipeline(database);
  const sender = newSender();
  const known = makeEvent();
  await accept(sender, makeBatch([known]));
  const events = Array.from({ length: 3 }, () => makeEvent());
  wire.breakAtCommit(moment);
  const answer = await accept(sender, makeBatch([...events, { ...known, customer: 'another' }]));
  expect(answer).toEqual({ accepted: 3, duplicates: 1, rejected: [] });
  expect(published.map(({ id }) => id)).toEqual([known.id, ...events.map(({ id }) => id)]);
  const [row] = await database.query(sql`
    SELECT (SELECT count(*)::int FROM trace_events WHERE workspace_id = ${sender.workspaceId}) AS stored,
      (SELECT sum(conflicts)::int FROM ingest_faults WHERE workspace_id = ${sender.workspaceId}) AS conflicts
  `);
  expect(row).toEqual({ stored: 4, conflicts: 1 });
});

test.each([
  ['knows nothing of the transaction', ['aborted'], 2],
  ['crashed before it wrote its id down', [new RangeError('the transaction ID is in the future')], 2],
  ['is still writing the commit down', ['in progress', 'in progress', 'committed'], 1],
])('a server that %s is believed', async (_what, said: readonly (string | Error)[], tries) => {
  const answers = [...said];
  let tried = 0;
  const outcome = await commitOnce(
    {
      begin: async (work, onBegin) => {
        onBegin('7');
        const result = await work(database);
        tried += 1;
        if (tried === 1) throw new StoreUnavailableError('the answer was lost', { isTransient: true });
        return result;
      },
      query: async <Row>() => {
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return [{ status: answer } as Row];
      },
    },
    async () => 'done',
  );
  expect([outcome, tried]).toEqual(['done', tries]);
});

test('work that failed before its commit is not asked for, and a mistake is not tried again', async () => {
  const failing = commitOnce({ begin: (work) => work(database), query: () => Promise.reject(new Error('asked')) }, () =>
    Promise.reject(new RangeError('a mistake')),
  );
  await expect(failing).rejects.toThrow('a mistake');
});
