import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collector } from '@llmobserve/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCosts } from '../../src/read-costs.ts';
import { runExample } from '../../src/run-example.ts';
import { startProviders, type Providers } from '../../src/start-providers.ts';
import { startBuiltCollector } from '../../src/start-built-collector.ts';

let collector: Collector;
let providers: Providers;
beforeAll(async () => {
  [collector, providers] = await Promise.all([startBuiltCollector(), startProviders()]);
});
afterAll(async () => {
  await collector.stop();
  await providers.close();
});

test('two customers ask, and each has its cost', async () => {
  const example = runExample('quickstart/src/main.js', providers.env(collector, collector.key, []));
  expect(await example.waitForEnd()).toBe(0);
  expect(example.said()).toContain('Each customer now has its cost in the dashboard.');
  const report = await readCosts(collector, collector.key, 'groupBy=customer,model');
  expect(report.groups.map((group) => group.key).toSorted(byCustomer)).toEqual([
    { customer: 'acme', model: 'gpt-4o-mini-2024-07-18' },
    { customer: 'globex', model: 'gpt-4o-mini-2024-07-18' },
  ]);
  expect(report.proof).toEqual({ received: 2, unpriced: 0, estimated: 0, unattributed: 0, lost: 0 });
});

test('without a collector it still answers, and says what is missing', async () => {
  const example = runExample('quickstart/src/main.js', providers.env({ url: 'http://127.0.0.1:1' }, collector.key, []));
  expect(await example.waitForEnd()).toBe(0);
  expect(example.said()).toContain('acme: ');
  expect(example.said()).toContain('is it running?');
});

test('it is short enough to be read at once', () => {
  const source = readFileSync(join(import.meta.dirname, '../../../examples/quickstart/src/main.js'), 'utf8');
  expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

function byCustomer(left: Readonly<Record<string, string | null>>, right: Readonly<Record<string, string | null>>): number {
  return String(left['customer']).localeCompare(String(right['customer']));
}
