import { expectTypeOf, test } from 'vitest';
import type { SpanProcessor as CurrentSpanProcessor, TracerProvider as CurrentTracerProvider } from '@opentelemetry/sdk-trace';
import type { BasicTracerProvider, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  agent,
  exportContext,
  flush,
  importContext,
  init,
  observe,
  run,
  section,
  setCustomer,
  shutdown,
  stats,
  step,
  tool,
  track,
  withCustomer,
  withFlush,
  withTags,
  type Content,
  type CustomerRef,
  type InitOptions,
  type Redact,
  type TrackedCall,
} from '../src/index.ts';
import { createSpanProcessor, emitSpans } from '../src/otel.ts';
import { costOf, recordCalls, type SentCostEvent } from '../src/testing.ts';

test('what fn returns is what the scope returns', () => {
  expectTypeOf(withCustomer('acme', () => 7)).toEqualTypeOf<number>();
  expectTypeOf(withCustomer({ id: 'acme' }, async () => 'x')).toEqualTypeOf<Promise<string>>();
  expectTypeOf(section('intake', () => [1])).toEqualTypeOf<number[]>();
  expectTypeOf(run({ name: 'nightly', id: 'job-1' }, () => true)).toEqualTypeOf<boolean>();
  for (const part of [agent, tool, step]) expectTypeOf(part('x', () => 'y')).toEqualTypeOf<string>();
  expectTypeOf(withTags({ feature: 'chat' }, async () => 1)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(exportContext()).toBeString();
  expectTypeOf(importContext('', () => [true])).toEqualTypeOf<boolean[]>();
});

test('a client and a handler keep their types', () => {
  class Client {
    readonly name = 'mine';
  }
  expectTypeOf(observe(new Client())).toEqualTypeOf<Client>();
  expectTypeOf(withFlush((name: string, at: number) => `${name}${at}`)).toEqualTypeOf<(name: string, at: number) => Promise<string>>();
  expectTypeOf(withFlush(async () => 7)).returns.resolves.toBeNumber();
});

test('a tracked call names at least its provider and its usage', () => {
  expectTypeOf<{ provider: 'twilio'; usage: { requests: 1 }; costUsd: '0.0079' }>().toExtend<TrackedCall>();
  expectTypeOf<{ provider: 'twilio' }>().not.toExtend<TrackedCall>();
  expectTypeOf(track).returns.toBeVoid();
});

test('content is what a hook gets and gives', () => {
  expectTypeOf<Redact>().parameter(0).toEqualTypeOf<Content>();
  expectTypeOf<Redact>().returns.toEqualTypeOf<Content | undefined>();
  expectTypeOf(init).toBeCallableWith({ captureContent: true, redact: ({ output }) => ({ output }) });
  // @ts-expect-error -- a hook that answers later would keep the event waiting
  init({ redact: async ({ input }) => ({ input }) });
});

test('the bridge fits tracer providers of both generations', () => {
  expectTypeOf(createSpanProcessor()).toExtend<SpanProcessor>();
  expectTypeOf(createSpanProcessor()).toExtend<CurrentSpanProcessor>();
  expectTypeOf<BasicTracerProvider>().toExtend<Parameters<typeof emitSpans>[0]['tracerProvider']>();
  expectTypeOf<CurrentTracerProvider>().toExtend<Parameters<typeof emitSpans>[0]['tracerProvider']>();
  expectTypeOf(emitSpans).returns.toEqualTypeOf<() => void>();
});

test('a test gets events and can add up their cost', () => {
  expectTypeOf(recordCalls().settled).returns.resolves.toEqualTypeOf<readonly SentCostEvent[]>();
  expectTypeOf(costOf([], { 'gpt-4o': { input: '2.50' } })).toBeString();
  // @ts-expect-error -- a price is a decimal text: a number would not be exact
  costOf([], { 'gpt-4o': { input: 2.5 } });
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
