import { makeEvent, startCollector, startPostgres, type Collector } from '@llmobserve/testkit';
import { request } from 'node:http';
import { expect, inject, test } from 'vitest';
import { newDataDir } from '../new-data-dir.ts';

const SENDERS = 60;
const MAX_REFUSAL_MS = 1000;
const MAX_RESIDENT_BYTES = 400_000_000;

test('more than a collector can hold is refused soon, in bounded memory, and what it takes it keeps', { timeout: 120_000 }, async () => {
  const postgres = await startPostgres();
  const collector = await startCollector({ entry: inject('builtCollector'), databaseUrl: postgres.url, dataDir: newDataDir() });
  const bodies = Array.from({ length: SENDERS }, newBody);
  const answers = await Promise.all(bodies.map((body) => send(collector, body)));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(new Set(['503 1']));
  // Half of them, because on a busy machine this process, too, has to wait for its turn.
  const halfOfThemMs = refused.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b)[Math.floor(refused.length / 2)];
  expect(halfOfThemMs).toBeLessThan(MAX_REFUSAL_MS);
  expect(await residentBytes(collector)).toBeLessThan(MAX_RESIDENT_BYTES);
  expect((await send(collector, newBody())).status).toBe(200);
  expect(await collector.stop()).toBe(0);
  await postgres.stop();
});

/** A thousand events of 1.1 kB. */
function newBody(): Buffer {
  const attributes = { note: 'x'.repeat(800) };
  return Buffer.from(JSON.stringify({ events: Array.from({ length: 1000 }, () => makeEvent({ attributes })) }));
}

type Answer = { readonly status: number | undefined; readonly retryAfter: string | undefined; readonly tookMs: number };

function send({ url, key }: Collector, body: Buffer): Promise<Answer> {
  const startedAt = performance.now();
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sender = request(`${url}/v1/events`, { method: 'POST', headers, agent: false }, (answer) => {
      answer.resume().on('end', () => {
        resolve({ status: answer.statusCode, retryAfter: answer.headers['retry-after'], tookMs: performance.now() - startedAt });
        sender.destroy();
      });
    });
    sender.on('error', reject).end(body);
  });
}

async function residentBytes({ url }: Collector): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
}
