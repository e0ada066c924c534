import { expectTypeOf, test } from 'vitest';
import { flush, init, run, section, setCustomer, shutdown, stats, withCustomer, type CustomerRef, type InitOptions } from '../src/index.ts';
import { recordCalls } from '../src/testing.ts';

test('what fn returns is what the scope returns', () => {
  expectTypeOf(withCustomer('acme', () => 7)).toEqualTypeOf<number>();
  expectTypeOf(withCustomer({ id: 'acme' }, async () => 'x')).toEqualTypeOf<Promise<string>>();
  expectTypeOf(section('intake', () => [1])).toEqualTypeOf<number[]>();
  expectTypeOf(run({ name: 'nightly', id: 'job-1' }, () => true)).toEqualTypeOf<boolean>();
});

test('settings and customers are what the contract says', () => {
  expectTypeOf(init).toBeCallableWith({ apiKey: process.env['LLMOBSERVE_API_KEY'] });
  expectTypeOf(setCustomer).parameter(0).toEqualTypeOf<string | CustomerRef>();
  expectTypeOf<{ collectorUrl: string; customer: string; flushIntervalMs: number }>().toExtend<InitOptions>();
  expectTypeOf<{
    id: string;
    name: string;
    user: string;
    session: string;
    plan: string;
    tags: Record<string, string>;
  }>().toExtend<CustomerRef>();
});

test('delivery can be waited for and counted', () => {
  expectTypeOf(flush).returns.resolves.toEqualTypeOf<boolean>();
  expectTypeOf(shutdown).returns.resolves.toBeVoid();
  expectTypeOf(stats().lost).toEqualTypeOf<Readonly<Record<string, number>>>();
  expectTypeOf(recordCalls).parameter(0).not.toHaveProperty('apiKey');
});
