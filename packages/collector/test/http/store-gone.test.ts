import { makeBatch, startPostgres, type Postgres } from '@llmobserve/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/store/index.ts';
import { QUIET } from '../on-both-engines.ts';
import { jsonBody, newWorkspace } from './new-workspace.ts';
import { startApp, type RunningApp } from './start-app.ts';

const ROUNDS = 3;
const MAX_REFUSAL_MS = 1000;
const MAX_RECOVERY_MS = 2000;

let postgres: Postgres;
let database: Database;
let app: RunningApp;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await openDatabase(QUIET, { engine: 'postgres', url: postgres.url });
  app = await startApp({ database });
});
afterAll(async () => {
  await app.close();
  await database.close();
  await postgres.stop();
});

test('a killed PostgreSQL is answered with 503 within a second, and batches are taken again within two of its return', async () => {
  const workspace = await newWorkspace(app);
  for (let round = 0; round < ROUNDS; round += 1) {
    expect((await workspace.fetch('/v1/events', jsonBody(makeBatch(10)))).status).toBe(200);
    await postgres.kill9();
    const refusals = await Promise.all(
      Array.from({ length: 8 }, () => timed(() => workspace.fetch('/v1/events', jsonBody(makeBatch(10))))),
    );
    for (const { answer, tookMs } of refusals) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
      expect(tookMs).toBeLessThan(MAX_REFUSAL_MS);
    }
    expect((await fetch(`${app.url}/ready`)).status).toBe(503);

    await postgres.start();
    const { answer, tookMs } = await timed(() => workspace.fetch('/v1/events', jsonBody(makeBatch(10))));
    expect(answer.status).toBe(200);
    expect(tookMs).toBeLessThan(MAX_RECOVERY_MS);
  }
});

async function timed(ask: () => Promise<Response>): Promise<{ readonly answer: Response; readonly tookMs: number }> {
  const startedAt = performance.now();
  const answer = await ask();
  return { answer, tookMs: performance.now() - startedAt };
}
