import { setTimeout as pass } from 'node:timers/promises';
import { findFreePort } from '@llmobserve/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { readLedger, startApp, storedNames } from './run-faulty-app.ts';

/** `npm run faults` plays more of them. */
const ROUNDS = Number(process.env['LLMOBSERVE_FAULT_ROUNDS'] ?? 1);
vi.setConfig({ testTimeout: 30_000 * ROUNDS });

async function startCollector(port: number): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector(() => undefined, port);
  onTestFinished(() => collector.close());
  return collector;
}

test('a process that is frozen, loses its connections meanwhile and thaws goes on, and loses nothing', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const port = await findFreePort();
    const before = await startCollector(port);
    const tmpdir = makeTemporaryFolder();
    const ledger = `${tmpdir}/ledger`;
    const setting = { collectorUrl: `http://127.0.0.1:${port}`, providerUrl: await startChatProvider(), spool: 'off', ledger, tmpdir };
    const app = startApp('work', setting);
    await before.until(() => before.batches.length > 0);
    await pass(Math.random() * 500);
    app.kill('SIGSTOP');
    await before.close();
    await pass(500 + Math.random() * 1000);
    const after = await startCollector(port);
    app.kill('SIGCONT');
    await after.until(() => after.batches.length > 1);
    const ended = new Promise((resolve) => app.once('close', (_code, signal) => resolve(signal)));
    const endedAtMs = Date.now();
    app.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    const stored = new Set([...storedNames(before), ...storedNames(after)]);
    expect(readLedger(ledger, endedAtMs).filter((id) => !stored.has(id))).toEqual([]);
  }
});
