import { makeBatch, makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { makePartitions, type Database, type PreparedStatement, type Queryable } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

const SENDERS = 20;

onBothEngines('every write finds its rows by an index', (database) => {
  test('in the statements that a batch runs', async () => {
    await makePartitions(database(), Date.now());
    const sender = newSender();
    const filling = [sender, ...Array.from({ length: SENDERS }, () => newSender())];
    // One after the other: the embedded engine is one session.
    for (const one of filling) await createPipeline(database()).accept(one, batchOf(0));
    await database().query(sql`ANALYZE`);

    const ran: PreparedStatement[] = [];
    // The same events again, so that their hashes are compared.
    await createPipeline(noting(database(), ran)).accept(sender, {
      ...batchOf(1),
      events: events.slice(0, 2).flatMap((event) => [event, change(event)]),
      customers: [{ id: 'c1', name: 'One' }],
    });
    const plans = new Map<string, string>();
    for (const statement of ran) plans.set(statement.name, await planOf(database(), statement));
    expect([...plans.keys()].toSorted()).toEqual([
      'add-faults',
      'add-losses',
      'insert-events',
      'insert-rate-cards',
      'lock-losses',
      'read-content-hashes',
      'upsert-customers',
    ]);
    expect(plans.get('read-content-hashes')).toMatch(/trace_events_\w+_pkey/);
    expect(plans.get('add-losses')).toContain('loss_reports_workspace_id_instance_reason_hour_pk');
    expect(plans.get('upsert-customers')).toContain('customers_workspace_id_id_pk');
    for (const plan of plans.values()) expect(plan).not.toContain('Seq Scan');
  });
});

const events = Array.from({ length: 50 }, (_, index) => makeEvent({ customer: `c${index}` }));

function change<Event>(event: Event): Event & { readonly release: string } {
  return { ...event, release: 'another' };
}

function batchOf(round: number): Readonly<Record<string, unknown>> & { readonly events: readonly unknown[] } {
  const lost = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`reason_${index}`, 1 + round]));
  return { ...makeBatch(events), sdk: { instance: 'one' }, lost };
}

function noting(database: Database, ran: PreparedStatement[]): Database {
  const note = (tx: Queryable): Queryable => ({
    ...tx,
    queryPrepared: (statement) => {
      ran.push(statement);
      return tx.queryPrepared(statement);
    },
  });
  return { ...database, commitOnce: (work) => database.commitOnce((tx) => work(note(tx))) };
}

/** A small table would be read whole, so that is made dear. */
async function planOf(database: Database, { name, text, values }: PreparedStatement): Promise<string> {
  return database.transaction(async (tx) => {
    await tx.query(sql`SET LOCAL enable_seqscan = off`);
    const lines = await tx.queryPrepared<Record<string, string>>({ name: `explain-${name}`, text: `EXPLAIN ${text}`, values });
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  });
}
