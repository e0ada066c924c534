import { expect, test } from 'vitest';
import { baselineOf, LOAD_ORDERS, writeProgram } from '../src/load-orders.ts';

test.each(LOAD_ORDERS)('the program of "%s" names the SDK, and its counterpart without does not', (order) => {
  const ask = { order, family: 'openai', modules: ['openai'] };
  const withSdk = writeProgram({ ...ask, hasSdk: true });
  const without = writeProgram({ ...ask, order: baselineOf(order), hasSdk: false });
  expect(`${Object.values(withSdk.files).join('\n')} ${withSdk.flags.join(' ')}`).toContain('llmobserve');
  expect(`${Object.values(without.files).join('\n')} ${without.flags.join(' ')}`).not.toMatch(/llmobserve|withCustomer|init/);
  expect(Object.keys(withSdk.files)).toContain(withSdk.entry);
});

test('the client is made before or after the SDK starts, as the order says', () => {
  const textOf = (order: 'esm' | 'client first') =>
    writeProgram({ order, family: 'openai', modules: ['openai'], hasSdk: true }).files['main.mjs'] ?? '';
  const isStartedFirst = (text: string): boolean => text.indexOf('init(') < text.indexOf('connect(');
  expect(isStartedFirst(textOf('esm'))).toBe(true);
  expect(isStartedFirst(textOf('client first'))).toBe(false);
});
