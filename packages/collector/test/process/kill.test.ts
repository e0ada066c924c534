import type { BatchAnswer, SentCostEvent } from '@llmobserve/protocol';
import { makeEvent, randomKey, startCollector, startPostgres, type Collector } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject, test, vi } from 'vitest';
import type { StoreConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/store/index.ts';
import { newDataDir } from '../new-data-dir.ts';
import { QUIET } from '../on-both-engines.ts';

const KILLS = 10;
const SENDERS = 4;
const EVENTS_PER_BATCH = 20;
const LATEST_KILL_MS = 250;
const TEST_TIMEOUT_MS = 240_000;

test('a collector that is killed in mid-commit loses and doubles nothing, embedded', { timeout: TEST_TIMEOUT_MS }, async () => {
  const dataDir = newDataDir();
  await killAgainAndAgain({ dataDir }, { engine: 'embedded', dataDir });
});

test('a collector that is killed in mid-commit loses and doubles nothing, on PostgreSQL', { timeout: TEST_TIMEOUT_MS }, async () => {
  const postgres = await startPostgres();
  await killAgainAndAgain({ databaseUrl: postgres.url, dataDir: newDataDir() }, { engine: 'postgres', url: postgres.url });
  await postgres.stop();
});

type Ledger = { readonly sent: Set<string>; readonly acknowledged: Set<string>; unknown: (readonly SentCostEvent[])[] };

async function killAgainAndAgain(place: { readonly databaseUrl?: string; readonly dataDir: string }, store: StoreConfig): Promise<void> {
  const keys = [randomKey()];
  const ledger: Ledger = { sent: new Set(), acknowledged: new Set(), unknown: [] };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const collector = await startCollector({ ...place, keys, entry: inject('builtCollector') });
    const acknowledgedBefore = ledger.acknowledged.size;
    const sending = Array.from({ length: SENDERS }, () => sendUntilItDies(collector, ledger));
    // Every other kill comes when commits are sure to be under way, however slow the machine; the rest at any moment from the start.
    if (kill % 2 === 0)
      await vi.waitFor(() => expect(ledger.acknowledged.size).toBeGreaterThan(acknowledgedBefore), { timeout: 20_000, interval: 5 });
    await wait(Math.random() * LATEST_KILL_MS);
    await collector.kill9();
    await Promise.all(sending);
  }
  expect(ledger.acknowledged.size).toBeGreaterThan(0);
  expect(missingFrom(await storedIds(store), ledger.acknowledged)).toEqual([]);

  // What nobody knows about is sent once more, as an SDK does.
  const collector = await startCollector({ ...place, keys, entry: inject('builtCollector') });
  for (const events of ledger.unknown) await send(collector, events, ledger);
  expect(await collector.stop()).toBe(0);
  const stored = await storedIds(store);
  expect(stored.toSorted()).toEqual([...ledger.sent].toSorted());
}

/** What an earlier kill left unknown goes first. */
async function sendUntilItDies(collector: Collector, ledger: Ledger): Promise<void> {
  for (;;) {
    const events = ledger.unknown.pop() ?? Array.from({ length: EVENTS_PER_BATCH }, () => makeEvent({ customer: 'acme' }));
    try {
      await send(collector, events, ledger);
    } catch {
      ledger.unknown.push(events);
      return;
    }
  }
}

async function send(collector: Collector, events: readonly SentCostEvent[], ledger: Ledger): Promise<void> {
  for (const event of events) ledger.sent.add(event.id);
  const response = await fetch(`${collector.url}/v1/events`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${collector.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ events, customers: [{ id: 'acme', name: 'Acme' }] }),
  });
  // Safe because a whole answer of our own collector is what the test is about.
  const answer = (await response.json()) as BatchAnswer;
  expect(response.status).toBe(200);
  expect(answer.accepted + answer.duplicates).toBe(events.length);
  for (const event of events) ledger.acknowledged.add(event.id);
}

/** Every row, so that an id that is there twice shows. */
async function storedIds(store: StoreConfig): Promise<readonly string[]> {
  const database = await openDatabase(QUIET, store);
  const rows = await database.query<{ id: string }>(sql`SELECT event_id AS id FROM trace_events`);
  await database.close();
  return rows.map((row) => row.id);
}

function missingFrom(stored: readonly string[], expected: ReadonlySet<string>): readonly string[] {
  const there = new Set(stored);
  return [...expected].filter((id) => !there.has(id));
}
