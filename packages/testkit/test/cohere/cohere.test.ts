import { expect, onTestFinished, test } from 'vitest';
import { startFakeCohere } from '../../src/index.ts';

async function useCohere(): Promise<(path: string, body: object) => Promise<string>> {
  const fake = await startFakeCohere();
  onTestFinished(() => fake.close());
  expect((await fetch(`${fake.url}/v2/chat`, { method: 'POST' })).status).toBe(401);
  const headers = { authorization: 'Bearer fake' };
  return async (path, body) => (await fetch(`${fake.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text();
}

const CHAT = { model: 'command-a-03-2025', messages: [{ role: 'user', content: 'four words are here' }], max_tokens: 6 };
const BILLED = { input_tokens: 4, output_tokens: 6 };

test('chat bills words, and counts more than it bills', async () => {
  const ask = await useCohere();
  expect(JSON.parse(await ask('/v2/chat', CHAT))).toMatchObject({ usage: { billed_units: BILLED, tokens: { input_tokens: 64 } } });
  const old = { model: 'command-r', message: 'four words are here', max_tokens: 6 };
  expect(JSON.parse(await ask('/v1/chat', old))).toMatchObject({ meta: { billed_units: BILLED } });
});

test('streams are events in version 2 and lines in version 1, with the usage in the last', async () => {
  const ask = await useCohere();
  const events = (await ask('/v2/chat', { ...CHAT, stream: true })).trim().split('\n\n');
  expect(events.at(-1)).toContain('"type":"message-end"');
  expect(events.at(-1)).toContain('"billed_units"');
  const lines = (await ask('/v1/chat', { message: 'a b', stream: true })).trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    event_type: 'stream-end',
    response: { meta: { billed_units: { input_tokens: 2 } } },
  });
});

test('embeddings, reranks and classifications have units of their own', async () => {
  const ask = await useCohere();
  const units = async (path: string, body: object): Promise<unknown> => JSON.parse(await ask(path, body));
  expect(await units('/v2/embed', { texts: ['two words', 'one'], images: ['data:'] })).toMatchObject({
    meta: { billed_units: { input_tokens: 3, images: 1 } },
  });
  const documents = Array.from({ length: 101 }, String);
  expect(await units('/v2/rerank', { query: 'q', documents })).toMatchObject({ meta: { billed_units: { search_units: 2 } } });
  expect(await units('/v1/classify', { inputs: ['a', 'b'] })).toMatchObject({ meta: { billed_units: { classifications: 2 } } });
});
