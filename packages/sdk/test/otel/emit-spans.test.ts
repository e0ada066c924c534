import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { section, withCustomer } from '../../src/index.ts';
import { emitSpans } from '../../src/otel.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { GENERATIONS, startTracing, type Generation, type Tracing } from './support/start-tracing.ts';

async function startEmitting(generation: Generation): Promise<Tracing & { readonly url: string }> {
  const tracing = startTracing(generation);
  onTestFinished(emitSpans({ tracerProvider: tracing.provider }));
  return { ...tracing, url: await startChatProvider() };
}

async function chat(url: string, content = 'hello'): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body })).json();
}

describe.each(GENERATIONS)('a captured call as a span of %s', (generation) => {
  test('speaks OpenTelemetry’s words, inside of the span that was active when it began', async () => {
    const { tracer, calls, exported, url } = await startEmitting(generation);
    const beforeMs = Date.now();
    const outer = await tracer.startActiveSpan('request', async (span) => {
      await withCustomer('acme', () => section('intake', () => chat(url)));
      span.end();
      return span.spanContext();
    });
    const [event] = (await calls.settled()).filter(({ kind }) => kind === 'llm');
    const emitted = exported().find(({ name }) => name === 'chat gpt-4o');
    expect(emitted).toMatchObject({ kind: SpanKind.CLIENT, parentSpanContext: { spanId: outer.spanId, traceId: outer.traceId } });
    expect(emitted?.attributes).toEqual({
      'llmobserve.emitted': true,
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 2,
      'llmobserve.status': 'ok',
      'llmobserve.usage_quality': 'reported',
      'llmobserve.customer': 'acme',
      'llmobserve.section': 'intake',
    });
    const [startS = 0, startNs = 0] = emitted?.startTime ?? [];
    const [tookS = 0, tookNs = 0] = emitted?.duration ?? [];
    expect(startS * 1000 + startNs / 1e6).toBeGreaterThanOrEqual(beforeMs);
    expect(tookS * 1000 + tookNs / 1e6).toBeCloseTo(event?.durationMs ?? -1, 0);
  });

  test('is a trace of its own where no span was active, whatever is active when it is read', async () => {
    const { tracer, calls, exported, url } = await startEmitting(generation);
    await chat(url);
    await tracer.startActiveSpan('later', async (span) => {
      await calls.settled();
      span.end();
    });
    const emitted = exported().find(({ name }) => name === 'chat gpt-4o');
    expect(emitted).toMatchObject({ name: 'chat gpt-4o' });
    expect(emitted?.parentSpanContext).toBeUndefined();
  });

  test('is not read back, and a call that came out of a span is not written again', async () => {
    const { tracer, calls, exported, processor, url } = await startEmitting(generation);
    await chat(url);
    await tracer.startActiveSpan('elsewhere', { attributes: { 'gen_ai.usage.input_tokens': 3 } }, async (span) => span.end());
    expect(await calls.settled()).toHaveLength(2);
    expect(processor.stats()).toMatchObject({ reported: 1, nested: 0, onWire: 0 });
    expect(exported().filter((span) => span.attributes['llmobserve.emitted'] === true)).toHaveLength(1);
  });

  test('that failed says so', async () => {
    const { calls, exported, url } = await startEmitting(generation);
    await chat(url, 'busy');
    await calls.settled();
    expect(exported()).toMatchObject([{ status: { code: SpanStatusCode.ERROR }, attributes: { 'error.type': 'server_error' } }]);
  });
});

test('parallel calls stay in their own spans', async () => {
  const { tracer, calls, exported, url } = await startEmitting('sdk-trace 3');
  const request = (name: string): Promise<void> =>
    tracer.startActiveSpan(name, async (span) => {
      await chat(url, 'slow');
      span.end();
    });
  await Promise.all(['a', 'b', 'c'].map(request));
  await calls.settled();
  const outer = exported().filter(({ name }) => name.length === 1);
  const parents = exported().flatMap(({ name, parentSpanContext }) => (name === 'chat gpt-4o' ? [parentSpanContext?.spanId] : []));
  expect(parents.toSorted()).toEqual(outer.map((span) => span.spanContext().spanId).toSorted());
  expect(trace.getActiveSpan()).toBeUndefined();
});
