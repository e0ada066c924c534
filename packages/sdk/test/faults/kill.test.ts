import { readdirSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startScriptedCollector, type Answer, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { deliverRest, killApp, readLedger, startApp, storedNames, type FaultyApp } from './run-faulty-app.ts';

/** `npm run faults` plays more of them. */
const ROUNDS = Number(process.env['LLMOBSERVE_FAULT_ROUNDS'] ?? 1);
vi.setConfig({ testTimeout: 30_000 * ROUNDS });

type Setting = { readonly collector: ScriptedCollector; readonly app: FaultyApp };

async function startSetting(answer: Answer, spool?: string): Promise<Setting> {
  const collector = await startScriptedCollector(() => answer);
  onTestFinished(() => collector.close());
  const tmpdir = makeTemporaryFolder();
  const app = { collectorUrl: collector.url, providerUrl: await startChatProvider(), spool: spool ?? `${tmpdir}/spool`, tmpdir };
  return { collector, app: { ...app, ledger: `${tmpdir}/ledger` } };
}

async function workAndKill(setting: Setting): Promise<number> {
  const child = startApp('work', setting.app);
  await setting.collector.until(() => setting.collector.batches.length > 0);
  // The moment is what this is about; any is as good as another.
  await pass(Math.random() * 2500);
  return killApp(child);
}

function missingOf(expected: readonly string[], stored: ReadonlySet<string>): readonly string[] {
  return expected.filter((id) => !stored.has(id));
}

describe('after kill -9', () => {
  test.each<[string, Answer]>([
    ['up', undefined],
    ['down', { status: 503 }],
    ['silent', 'silent'],
    ['losing its answers', 'lose-answer'],
  ])('with a spool, every event older than a second arrives at the next start, once: collector %s', async (_state, answer) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const setting = await startSetting(answer);
      const killedAtMs = await workAndKill(setting);
      setting.collector.script(() => undefined);
      const end = await deliverRest(setting.app);
      expect(end).toEqual({ isDone: true, captured: 0, sent: 0, queued: 0, lost: {} });
      const stored = storedNames(setting.collector);
      expect(missingOf(readLedger(setting.app.ledger, killedAtMs - 1000), stored)).toEqual([]);
      expect(readLedger(setting.app.ledger, Number.POSITIVE_INFINITY).length).toBeGreaterThanOrEqual(stored.size - 2);
      expect(readdirSync(setting.app.spool, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
    }
  });

  test('several processes on one folder, killed one after the other, lose nothing between them', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const setting = await startSetting({ status: 503 });
      const apps = ['a', 'b', 'c'].map((name) => ({ ...setting.app, ledger: `${setting.app.ledger}-${name}` }));
      const children = apps.map((app) => ({ app, child: startApp('work', app) }));
      await setting.collector.until(() => setting.collector.batches.length > 3);
      const expected: string[] = [];
      for (const { app, child } of children) {
        await pass(Math.random() * 1000);
        expected.push(...readLedger(app.ledger, (await killApp(child)) - 1000));
      }
      setting.collector.script(() => undefined);
      expect(await deliverRest(setting.app)).toMatchObject({ isDone: true, lost: {} });
      expect(missingOf(expected, storedNames(setting.collector))).toEqual([]);
    }
  });

  test('without one, no more than what a flush interval held is gone', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const setting = await startSetting(undefined, 'off');
      const killedAtMs = await workAndKill(setting);
      // Half a second of waiting for company, and one try on its way.
      const missing = missingOf(readLedger(setting.app.ledger, killedAtMs - 1000), storedNames(setting.collector));
      expect(missing).toEqual([]);
    }
  });
});
