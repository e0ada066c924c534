import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Stats } from '../../src/runtime.ts';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { answerFor, startScriptedCollector, type Answer } from '../support/scripted-collector.ts';
import { KEY } from '../support/start-test-engine.ts';
import { listFiles, startProcess, type TestProcess } from './support/start-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const ANSWERS: readonly Answer[] = [
  undefined,
  undefined,
  undefined,
  { status: 503, headers: { 'retry-after': '0' } },
  { status: 200, body: '<html>' },
  { status: 413 },
  'reset',
  'lose-answer',
];
const STEPS = ['capture', 'burst', 'burst', 'pass', 'pass', 'key', 'spool', 'end', 'flush', 'shutdown'] as const;

function expectBalance({ engine }: TestProcess): void {
  const { captured, sent, queued, lost } = engine.stats();
  expect([captured, queued >= 0]).toEqual([sent + queued + Object.values(lost).reduce((sum, count) => sum + count, 0), true]);
}

test('through keys that change, ends, deaths and faults the balance holds, and each event is stored or counted', async () => {
  const collector = await startScriptedCollector();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS), { minLength: 10, maxLength: 40, size: 'max' }),
      fc.infiniteStream(fc.constantFrom(...ANSWERS)),
      async (steps, answers) => {
        const spool = makeTemporaryFolder();
        const storedBefore = collector.stored.size;
        collector.script(({ body }) => {
          const { value } = answers.next();
          // An event that is refused alone is lost for good, so that fault is for larger batches.
          if (typeof value === 'object' && value.status === 413 && body.events.length === 1) return { status: 503 };
          return value ?? { status: 200, body: answerFor(body, collector.stored as Set<string>) };
        });
        const start = (): TestProcess => startProcess({ collectorUrl: collector.url, spool, maxQueueBytes: 8000, flushIntervalMs: 1 });
        const ends: Stats[] = [];
        let process = start();
        let turn = 0;
        const play: Record<(typeof STEPS)[number], () => unknown> = {
          capture: () => process.capture(),
          burst: () => process.captureMany(30),
          pass: () => new Promise((resolve) => setTimeout(resolve, 3)),
          key: () => process.engine.configure({ apiKey: (turn += 1) % 2 === 0 ? KEY : 'another' }),
          spool: () => process.engine.configure({ spool: (turn += 1) % 2 === 0 ? spool : false }),
          end: () => {
            // Without a place to keep them, events whose answer was lost have to be counted as lost.
            process.engine.configure({ spool });
            process.exit();
            ends.push(process.engine.stats());
            process.die();
            process = start();
          },
          flush: () => void process.engine.flush(50),
          shutdown: () => (void process.engine.shutdown(5), process.engine.configure({})),
        };
        for (const step of steps) {
          await play[step]();
          expectBalance(process);
        }
        collector.script(() => undefined);
        for (const apiKey of ['another', KEY, 'another', KEY]) {
          process.engine.configure({ apiKey, spool });
          await process.engine.flush(10_000);
        }
        expectBalance(process);
        const all = [...ends, process.engine.stats()];
        const lost = all.flatMap((stats) => Object.values(stats.lost)).reduce((sum, count) => sum + count, 0);
        const captured = all.reduce((sum, stats) => sum + stats.captured, 0);
        expect(process.engine.stats().queued).toBe(0);
        expect(collector.stored.size - storedBefore).toBe(captured - lost);
        expect(listFiles(spool)).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
  await collector.close();
});
