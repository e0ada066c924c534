import { loadPriceBook, priceEvent } from '@llmobserve/pricing';
import type { BatchAnswer, LiveEvent } from '@llmobserve/protocol';
import { randomUUID } from 'node:crypto';
import { acceptBatch, createGroupCommit, GROUP_COMMIT_LIMITS, type Sender } from '../src/ingest/index.ts';
import { createLedger, type Database } from '../src/store/index.ts';

export type Pipeline = {
  accept(sender: Sender, batch: unknown): Promise<BatchAnswer>;
  readonly published: LiveEvent[];
};

/** The ingest pipeline as the collector wires it, over a database. */
export function createPipeline(database: Database, nowMs: () => number = Date.now): Pipeline {
  const book = loadPriceBook();
  const published: LiveEvent[] = [];
  const committers = database.engine === 'embedded' ? 1 : 2;
  const deps = {
    clock: { nowMs },
    price: (event: Parameters<typeof priceEvent>[1]) => priceEvent(book, event),
    committer: createGroupCommit({ ledger: createLedger(database) }, { ...GROUP_COMMIT_LIMITS, committers }),
    live: { publish: (_workspaceId: string, makeEvents: () => readonly LiveEvent[]) => void published.push(...makeEvents()) },
  };
  return { published, accept: (sender, batch) => acceptBatch(deps, sender, batch) };
}

/** A key of a workspace that nobody else uses. */
export function newSender(environment?: string): Sender {
  return { workspaceId: randomUUID(), keyId: randomUUID(), environment };
}
