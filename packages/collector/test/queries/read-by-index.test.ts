import { makeEvent } from '@llmobserve/testkit';
import { sql, type SQL } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import {
  findCustomer,
  findEvent,
  findKey,
  findSession,
  listCustomers,
  listEvents,
  listUnpricedModels,
  readCostReport,
} from '../../src/queries/index.ts';
import type { Database, Queryable } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

const RANGE = { fromMs: Date.UTC(2026, 10, 1), toMs: Date.UTC(2026, 10, 2) };
const ID = '0198f3a2-0000-7000-8000-000000000001';

/** Asks, and tells which indexes the questions used; a small table would be read whole, so that is made dear. */
async function indexesOf(database: Database, ask: (database: Database) => Promise<unknown>): Promise<string> {
  const statements: SQL[] = [];
  const noting = (store: Queryable): Queryable => ({
    ...store,
    query: (statement) => {
      if (!JSON.stringify(statement.queryChunks).includes('"SET ')) statements.push(statement);
      return store.query(statement);
    },
  });
  await ask({ ...database, ...noting(database), transaction: (work) => database.transaction((tx) => work(noting(tx))) });
  return database.transaction(async (tx) => {
    await tx.query(sql`SET LOCAL enable_seqscan = off`);
    const plans: unknown[] = [];
    // One after the other: they share a connection.
    for (const statement of statements) plans.push(await tx.query(sql`EXPLAIN (FORMAT JSON) ${statement}`));
    return [...JSON.stringify(plans).matchAll(/Index Name":"(\w+)"/g)].map(([, name]) => name).join(' ');
  });
}

/** Enough rows, of enough workspaces, customers and days, that reading all of them is not the cheapest way. */
async function fillLedger(database: Database): Promise<string> {
  const senders = [newSender(), newSender(), newSender()];
  for (const sender of senders) {
    const events = Array.from({ length: 1_000 }, (_, index) =>
      makeEvent({
        customer: `c${index % 40}`,
        model: `m${index % 3}`,
        startedAt: new Date(RANGE.fromMs - index * 3_600_000).toISOString(),
      }),
    );
    // One batch after the other, as they would come.
    await createPipeline(database).accept(sender, {
      events: [makeEvent({ startedAt: new Date(RANGE.fromMs).toISOString() }), ...events.slice(1)],
    });
  }
  await fillAccounts(database);
  await database.query(sql`ANALYZE`);
  return senders[0]?.workspaceId ?? '';
}

/** Two hundred people, each with a workspace, a key and a session. */
async function fillAccounts(database: Database): Promise<void> {
  const fills = [
    sql`CREATE TEMP TABLE people AS SELECT gen_random_uuid() AS id FROM generate_series(1, 200)`,
    sql`INSERT INTO users (id, name, email, created_at, updated_at) SELECT id, 'x', id::text, now(), now() FROM people`,
    sql`INSERT INTO workspaces (id, name, slug, created_at) SELECT id, 'x', id::text, now() FROM people`,
    sql`INSERT INTO members (workspace_id, id, user_id, role, created_at) SELECT id, id, id, 'owner', now() FROM people`,
    sql`INSERT INTO sessions (id, user_id, token, expires_at, created_at, updated_at) SELECT id, id, id::text, now(), now(), now() FROM people`,
    sql`
      INSERT INTO api_keys (workspace_id, id, name, scopes, key_hash, prefix, last4, created_at)
      SELECT id, id, 'x', '{read}', sha256(id::text::bytea), 'x', 'x', now() FROM people
    `,
  ];
  await database.transaction(async (tx) => {
    // Each needs the one before.
    for (const fill of fills) await tx.query(fill);
  });
}

const BY_TIME = /trace_events_\w+_workspace_id_started_at/;
const BY_ID = /trace_events_\w+_pkey/;

const QUESTIONS: readonly (readonly [string, RegExp, (database: Database, workspaceId: string) => Promise<unknown>])[] = [
  [
    'what did calls cost',
    BY_TIME,
    (database, workspaceId) =>
      readCostReport(database, workspaceId, {
        range: RANGE,
        previous: undefined,
        timeZone: 'UTC',
        groupBy: ['customer'],
        interval: 'day',
        filters: [],
        limit: 10,
      }),
  ],
  [
    'which events are there',
    BY_TIME,
    (database, workspaceId) =>
      listEvents(database, workspaceId, { range: RANGE, filters: [], after: undefined, limit: 10, bookVersion: '' }),
  ],
  ['which models are unpriced', BY_TIME, (database, workspaceId) => listUnpricedModels(database, workspaceId, RANGE)],
  ['what was this event', BY_ID, (database, workspaceId) => findEvent(database, workspaceId, { eventId: ID, bookVersion: '' })],
  ['who is this customer', /customers_workspace_id_id_pk/, (database, workspaceId) => findCustomer(database, workspaceId, 'acme')],
  [
    'which customers are there',
    /customers_workspace_id_id_pk/,
    (database, workspaceId) =>
      listCustomers(database, workspaceId, {
        range: RANGE,
        previous: undefined,
        timeZone: 'UTC',
        search: undefined,
        sort: 'costUsd',
        isDescending: true,
        after: undefined,
        limit: 10,
      }),
  ],
  ['whose key is this', /api_keys_hash/, (database) => findKey(database, Buffer.alloc(32))],
  ['who is signed in', /sessions_token_unique/, (database) => findSession(database, { tokenHash: 'x', nowMs: 0 })],
];

onBothEngines('every question is answered by its index', (database) => {
  let workspaceId = '';
  beforeAll(async () => {
    workspaceId = await fillLedger(database());
  });

  test.each(QUESTIONS)('%s', async (_question, index, ask) => {
    expect(await indexesOf(database(), (noting) => ask(noting, workspaceId))).toMatch(index);
  });
});
