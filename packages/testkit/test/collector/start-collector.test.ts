import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector } from '../../src/index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmobserve-entry-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A process with the manners of a collector, so that the starter is held to them without one. */
function entryOf(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}

const LISTENING = `
  console.log(JSON.stringify({ url: 'http://127.0.0.1:1', signInUrl: 'http://127.0.0.1:1/x', env: process.env }));
  console.log(process.env.LLMOBSERVE_BOOTSTRAP_KEY, process.env.DATABASE_URL ?? 'embedded', process.env.EXTRA ?? 'nothing', process.env.PATH ?? 'no path');
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
`;

test('the first line tells the addresses, and SIGTERM ends it with its own exit code', async () => {
  const collector = await startCollector({ entry: entryOf('listening', LISTENING), keys: ['a', 'b'], env: { EXTRA: 'more' } });
  expect(collector).toMatchObject({ url: 'http://127.0.0.1:1', signInUrl: 'http://127.0.0.1:1/x', key: 'a', keys: ['a', 'b'] });
  await expect.poll(() => collector.log()).toContain('a,b embedded more no path');
  expect(await collector.stop()).toBe(7);
  expect(await collector.stop()).toBe(7);
});

test('a killed collector has no exit code and leaves its data', async () => {
  const collector = await startCollector({ entry: entryOf('killed', LISTENING), databaseUrl: 'postgres://somewhere/else' });
  await expect.poll(() => collector.log()).toContain('postgres://somewhere/else');
  await collector.kill9();
  expect(await collector.stop()).toBeUndefined();
  expect(() => process.kill(collector.pid, 0)).toThrow('ESRCH');
});

test('a collector that gives up is an error with its last words', async () => {
  const entry = entryOf('refusing', `console.error('PORT is "x": set it to a number'); process.exit(1);`);
  await expect(startCollector({ entry })).rejects.toThrow('PORT is "x"');
});

test('anything else on the first line is refused', async () => {
  await expect(startCollector({ entry: entryOf('chatty', `console.log('hello'); setInterval(() => {}, 1000);`) })).rejects.toThrow(
    'did not start',
  );
});
