import { makeBatch, startPostgres } from '@llmobserve/testkit';
import { expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/failures.ts';
import { openDatabase } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { QUIET } from '../on-both-engines.ts';
import { startWire } from './start-wire.ts';

const GIVE_UP_MS = 12_000;

test('a database that hangs is given up within its bound, and used again when it answers', async () => {
  const postgres = await startPostgres();
  const wire = await startWire(postgres.url);
  const database = await openDatabase(QUIET, { engine: 'postgres', url: wire.url });
  const { accept } = createPipeline(database);
  const sender = newSender();
  await accept(sender, makeBatch(1));

  wire.hang();
  expect(await database.isReady()).toBe(false);
  const startedAt = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => accept(sender, makeBatch(1))));
  expect(performance.now() - startedAt).toBeLessThan(GIVE_UP_MS);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });

  wire.resume();
  expect(await accept(sender, makeBatch(1))).toMatchObject({ accepted: 1 });
  expect(await database.isReady()).toBe(true);
  await database.close();
  await wire.close();
  await postgres.stop();
});
