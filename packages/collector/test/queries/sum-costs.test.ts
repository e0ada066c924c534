import { parseUsd, type CostReport } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCostReport } from '../../src/queries/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

const FROM_MS = Date.UTC(2026, 10, 1);
const DAY_MS = 86_400_000;

const call = fc.record({
  customer: fc.option(fc.constantFrom('a', 'b', 'c', 'ü', 'B'), { nil: undefined }),
  model: fc.constantFrom('m1', 'm2', 'm3'),
  offsetMs: fc.integer({ min: -5 * DAY_MS, max: 5 * DAY_MS - 1 }),
  pico: fc.bigInt({ min: 0n, max: 10n ** 18n }),
});

onBothEngines('costs of any ledger', (database) => {
  test('groups and other add up to the total to the last digit, and so do their series', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (calls, limit) => {
        const sender = newSender();
        const events = calls.map(({ customer, model, offsetMs, pico }) =>
          makeEvent({
            model,
            reportedCostUsd: usd(pico),
            startedAt: new Date(FROM_MS + offsetMs).toISOString(),
            ...(customer === undefined ? {} : { customer }),
          }),
        );
        await createPipeline(database()).accept(sender, { events });
        const report = await readCostReport(database(), sender.workspaceId, {
          range: { fromMs: FROM_MS, toMs: FROM_MS + 5 * DAY_MS },
          previous: { fromMs: FROM_MS - 5 * DAY_MS, toMs: FROM_MS },
          timeZone: 'America/New_York',
          groupBy: ['customer', 'model'],
          interval: 'day',
          filters: [],
          limit,
        });
        const [now, before] = [calls.filter(({ offsetMs }) => offsetMs >= 0), calls.filter(({ offsetMs }) => offsetMs < 0)];
        expect(pico(report.total.costUsd)).toBe(sum(now.map((one) => one.pico)));
        expect(pico(report.total.previousCostUsd)).toBe(sum(before.map((one) => one.pico)));
        expect(sum(partsOf(report).map((part) => pico(part.costUsd)))).toBe(pico(report.total.costUsd));
        expect(partsOf(report).reduce((count, part) => count + part.calls, 0)).toBe(now.length);
        expect(sum(partsOf(report).flatMap((part) => (part.series ?? []).map((point) => pico(point.costUsd))))).toBe(
          pico(report.total.costUsd),
        );
        expect(report.groups.length + (report.other?.groups ?? 0)).toBe(
          new Set(now.map(({ customer, model }) => `${customer}/${model}`)).size,
        );
      }),
      { numRuns: 15 },
    );
  });
});

function partsOf(report: CostReport): readonly Pick<CostReport['groups'][number], 'costUsd' | 'calls' | 'series'>[] {
  return [...report.groups, ...(report.other ? [report.other] : [])];
}

function usd(picoUsd: bigint): string {
  const digits = picoUsd.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

function pico(text: string | undefined): bigint {
  return parseUsd(text ?? '') ?? -1n;
}

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n);
}
