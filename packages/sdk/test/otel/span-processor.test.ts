import { describe, expect, test } from 'vitest';
import type { Attributes, Tracer } from '@opentelemetry/api';
import { section, withCustomer } from '../../src/index.ts';
import { startSpanProcessor } from '../../src/otel/span-processor.ts';
import type { OtelSpan } from '../../src/otel/otel-span.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { GENERATIONS, startTracing } from './support/start-tracing.ts';

const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
};

function usage(input: number, output: number): Attributes {
  return { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output };
}

/** Runs `inside` within a span, as an instrumentation does, and lets it end with these attributes. */
async function span(tracer: Tracer, attributes: Attributes, inside: () => unknown = () => undefined): Promise<void> {
  await tracer.startActiveSpan('call', { attributes }, async (active) => {
    await inside();
    active.end();
  });
}

async function chatOverWire(url: string): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).json();
}

describe.each(GENERATIONS)('spans of %s', (generation) => {
  test('become events of the customer and section they began for', async () => {
    const { tracer, calls, processor } = startTracing(generation);
    await withCustomer('acme', () => section('intake', () => span(tracer, { ...CHAT, ...usage(12, 5) })));
    expect((await calls.settled()).filter(({ kind }) => kind !== 'section')).toMatchObject([
      {
        kind: 'llm',
        provider: 'openai',
        operation: 'chat',
        model: 'gpt-4o-2024-08-06',
        requestedModel: 'gpt-4o',
        usage: { input: 12, output: 5 },
        usageQuality: 'reported',
        customer: 'acme',
        section: 'intake',
      },
    ]);
    expect(processor.stats()).toEqual({ reported: 1, nested: 0, onWire: 0, sums: 0, dropped: 0 });
  });

  test('without a usage are none of ours', async () => {
    const { tracer, calls } = startTracing(generation);
    await span(tracer, { 'http.request.method': 'GET' });
    await span(tracer, { ...CHAT });
    expect(await calls.settled()).toEqual([]);
  });

  test('count once where they nest: the innermost with a usage', async () => {
    const { tracer, calls, processor } = startTracing(generation);
    await span(tracer, { 'gen_ai.operation.name': 'invoke_agent', ...usage(30, 8) }, async () => {
      await span(tracer, {}, () => span(tracer, { ...CHAT, ...usage(10, 3) }));
      await span(tracer, { ...CHAT, ...usage(20, 5) });
    });
    expect((await calls.settled()).map((event) => event.usage)).toEqual([
      { input: 10, output: 3 },
      { input: 20, output: 5 },
    ]);
    expect(processor.stats()).toMatchObject({ reported: 2, nested: 1 });
  });

  test('count once also where the outer one ends before the inner', async () => {
    const { tracer, calls, processor } = startTracing(generation);
    let endInner = (): void => undefined;
    await tracer.startActiveSpan('outer', { attributes: { ...CHAT, ...usage(10, 3) } }, async (outer) => {
      const inner = tracer.startSpan('inner', { attributes: { ...CHAT, ...usage(10, 3) } });
      endInner = () => inner.end();
      outer.end();
    });
    expect(await calls.settled()).toEqual([]);
    endInner();
    expect(await calls.settled()).toHaveLength(1);
    expect(processor.stats()).toMatchObject({ reported: 1, nested: 1 });
  });

  test('leave a call to the wire that saw the same response', async () => {
    const { tracer, calls, processor } = startTracing(generation, { hasContexts: false });
    const url = await startChatProvider();
    await span(tracer, { ...CHAT, ...usage(99, 99), 'gen_ai.response.id': 'chatcmpl-1' }, () => chatOverWire(url));
    expect((await calls.settled()).map((event) => event.usage)).toEqual([{ input: 10, output: 2 }]);
    expect(processor.stats()).toMatchObject({ reported: 0, onWire: 1 });
  });

  test('leave a call to the wire that saw it inside of them, whatever they say of it', async () => {
    const { tracer, calls, processor } = startTracing(generation);
    const url = await startChatProvider();
    const told = { ...CHAT, ...usage(11, 3), 'gen_ai.response.id': 'made up by a framework' };
    await span(tracer, told, () => span(tracer, { 'http.request.method': 'POST' }, () => chatOverWire(url)));
    await span(tracer, { 'gen_ai.operation.name': 'invoke_agent', ...usage(20, 4) }, async () => {
      await chatOverWire(url);
      await chatOverWire(url);
    });
    expect(await calls.settled()).toHaveLength(3);
    expect(processor.stats()).toMatchObject({ reported: 0, onWire: 2 });
  });

  test('leave a call to the wire also when the span has ended first', async () => {
    const { tracer, calls, processor } = startTracing(generation);
    const url = await startChatProvider();
    let underWay: Promise<void> = Promise.resolve();
    await span(tracer, { ...CHAT, ...usage(10, 2) }, () => void (underWay = chatOverWire(url)));
    await underWay;
    expect(await calls.settled()).toHaveLength(1);
    expect(processor.stats()).toMatchObject({ reported: 0, onWire: 1 });
  });
});

describe('where the app keeps no OpenTelemetry contexts', () => {
  test('a span without an id is left to a call of the same size within its time, one for one', async () => {
    const { tracer, calls, processor } = startTracing('sdk-trace 3', { hasContexts: false });
    const url = await startChatProvider();
    await span(tracer, { ...CHAT, ...usage(10, 2) }, () => chatOverWire(url));
    await span(tracer, { ...CHAT, ...usage(10, 2) });
    expect(await calls.settled()).toHaveLength(2);
    expect(processor.stats()).toMatchObject({ reported: 1, onWire: 1 });
  });

  test('the sum that an agent’s span tells is not counted, as nothing says of which calls it is', async () => {
    const { tracer, calls, processor } = startTracing('sdk-trace 3', { hasContexts: false });
    await span(tracer, { 'gen_ai.operation.name': 'invoke_agent', ...usage(30, 8) });
    expect(await calls.settled()).toEqual([]);
    expect(processor.stats()).toMatchObject({ sums: 1 });
  });
});

test('a span that fails to be read harms nobody', async () => {
  const { processor, calls } = startTracing('sdk-trace 3');
  const broken = {
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }),
    get attributes(): never {
      throw new Error('no');
    },
    startTime: [0, 0] as const,
    endTime: [0, 0] as const,
    status: { code: 0 },
  };
  processor.onStart(broken);
  processor.onEnd(broken);
  expect(await calls.settled()).toEqual([]);
  expect(processor.stats().dropped).toBe(1);
});

/** A processor whose time the test moves, and what it reports. */
function startBy(clock: { nowMs: number }) {
  const reported: string[] = [];
  const due: { readonly fn: () => void; readonly atMs: number }[] = [];
  const processor = startSpanProcessor({
    engine: {
      report: (call) => void reported.push(call.model ?? ''),
      observe: () => () => undefined,
      flush: async () => true,
      stats: () => ({ captured: 0, sent: 0, queued: 0, lost: {} }),
    },
    currentScope: () => undefined,
    clock: { monotonicMs: () => clock.nowMs },
    after: (delayMs, fn) => void due.push({ fn, atMs: clock.nowMs + delayMs }),
  });
  return { processor, reported, due };
}

function spanOf(spanId: string, parentId?: string): OtelSpan {
  return {
    spanContext: () => ({ traceId: 'a'.repeat(32), spanId }),
    parentSpanContext: parentId === undefined ? undefined : { spanId: parentId },
    attributes: { 'gen_ai.request.model': spanId, 'gen_ai.usage.input_tokens': 1 },
    startTime: [1, 0],
    endTime: [2, 0],
    status: { code: 0 },
  };
}

test('what nobody asks for is told after a second, and a span that waits for those inside after a minute', () => {
  const clock = { nowMs: 0 };
  const { processor, reported, due } = startBy(clock);
  const advanceTo = (untilMs: number): void => {
    for (let next = due.shift(); next; next = due.shift()) {
      if (next.atMs > untilMs) return void due.unshift(next);
      clock.nowMs = next.atMs;
      next.fn();
    }
  };

  const [lone, outer, neverEnds] = [spanOf('lone'), spanOf('outer'), spanOf('never-ends', 'outer')];
  for (const each of [lone, outer, neverEnds]) processor.onStart(each);
  for (const each of [lone, outer]) processor.onEnd(each);
  advanceTo(999);
  expect(reported).toEqual([]);
  advanceTo(1_000);
  expect(reported).toEqual(['lone']);
  advanceTo(59_500);
  expect(reported).toEqual(['lone']);
  advanceTo(60_000);
  expect(reported).toEqual(['lone', 'outer']);
  expect(due).toEqual([]);
});

test('no more is held than twenty thousand spans, should the timer not run', () => {
  const { processor, reported } = startBy({ nowMs: 0 });
  for (let at = 0; at < 20_000; at += 1) {
    const span = spanOf(`${at}`);
    processor.onStart(span);
    processor.onEnd(span);
  }
  expect(reported).toEqual([]);
  const last = spanOf('last');
  processor.onStart(last);
  processor.onEnd(last);
  expect(reported).toHaveLength(20_001);
});

test('of more spans than can be kept in mind the oldest are forgotten, and counted should they tell a usage', () => {
  const { processor } = startBy({ nowMs: 0 });
  const first = spanOf('first');
  processor.onStart(first);
  for (let at = 0; at < 20_000; at += 1) processor.onStart(spanOf(`${at}`));
  processor.onEnd(first);
  expect(processor.stats()).toMatchObject({ dropped: 1 });
});
