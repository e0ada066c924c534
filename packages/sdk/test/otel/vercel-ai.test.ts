import { createOpenAI } from '@ai-sdk/openai';
import { embed, generateText, streamText } from 'ai';
import { expect, onTestFinished, test } from 'vitest';
import { withCustomer } from '../../src/index.ts';
import { useFakeOpenAi } from '../capture/support/start-fakes.ts';
import { GENERATIONS, startTracing, type Tracing } from './support/start-tracing.ts';

const MODEL = 'gpt-4o-mini';

/** Vercel's spans of one text, one stream and one embedding. */
async function ask(tracing: Tracing, options: { readonly baseURL: string; readonly fetch?: typeof fetch }): Promise<void> {
  const openai = createOpenAI({ apiKey: 'sk-fake', ...options });
  const experimental_telemetry = { isEnabled: true, tracer: tracing.tracer };
  await generateText({ model: openai.chat(MODEL), prompt: 'How are you?', experimental_telemetry });
  const stream = streamText({ model: openai.responses(MODEL), prompt: 'And how is she?', experimental_telemetry });
  await stream.consumeStream();
  await embed({ model: openai.textEmbeddingModel('text-embedding-3-small'), value: 'all well', experimental_telemetry });
}

function shapesOf(events: Awaited<ReturnType<Tracing['calls']['settled']>>) {
  return events.map(({ kind, provider, customer, usageQuality }) => ({ kind, provider, customer, usageQuality }));
}

const SHAPES = ['llm', 'llm', 'embedding'].map((kind) => ({ kind, provider: 'openai', customer: 'acme', usageQuality: 'reported' }));

test.each(GENERATIONS)('Vercel AI on the wire and in spans of %s is counted once', async (generation) => {
  const tracing = startTracing(generation);
  const fake = await useFakeOpenAi();
  await withCustomer('acme', () => ask(tracing, { baseURL: `${fake.url}/v1` }));
  expect(shapesOf(await tracing.calls.settled())).toEqual(SHAPES);
  expect(tracing.processor.stats()).toEqual({ reported: 0, nested: 3, onWire: 3, sums: 0, dropped: 0 });
});

test.each(GENERATIONS)('Vercel AI where the wire cannot be seen is counted by its spans of %s, with the same usage', async (generation) => {
  const fake = await useFakeOpenAi();
  const seen = startTracing(generation);
  await withCustomer('acme', () => ask(seen, { baseURL: `${fake.url}/v1` }));
  const onWire = [...(await seen.calls.settled())];
  await seen.calls.stop();

  const kept = await keepAnswers(fake.url);
  const unseen = startTracing(generation);
  await withCustomer('acme', () => ask(unseen, { baseURL: 'http://127.0.0.1:9/v1', fetch: kept }));
  const inSpans = await unseen.calls.settled();
  expect(shapesOf(inSpans)).toEqual(SHAPES);
  expect(inSpans.map((event) => event.usage)).toEqual(onWire.map((event) => event.usage));
  expect(unseen.processor.stats()).toMatchObject({ reported: 3, nested: 3, onWire: 0 });
});

/** A fetch that gives the fake's answers without a connection while it is asked. */
async function keepAnswers(url: string): Promise<typeof fetch> {
  const answers = new Map<string, Response>();
  const openai = createOpenAI({
    apiKey: 'sk-fake',
    baseURL: `${url}/v1`,
    fetch: async (target, init) => {
      const answer = await fetch(target, init);
      answers.set(new URL(new Request(target).url).pathname, new Response(await answer.clone().arrayBuffer(), answer));
      return answer;
    },
  });
  await generateText({ model: openai.chat(MODEL), prompt: 'How are you?' });
  await streamText({ model: openai.responses(MODEL), prompt: 'And how is she?' }).consumeStream();
  await embed({ model: openai.textEmbeddingModel('text-embedding-3-small'), value: 'all well' });
  onTestFinished(() => answers.clear());
  return async (target) => answers.get(new URL(new Request(target).url).pathname) ?? Response.error();
}
