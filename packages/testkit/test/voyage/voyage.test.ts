import { expect, onTestFinished, test } from 'vitest';
import { startFakeVoyage, type FakeVoyageOptions } from '../../src/index.ts';

async function useVoyage(options: FakeVoyageOptions = {}): Promise<(path: string, body: object) => Promise<unknown>> {
  const fake = await startFakeVoyage(options);
  onTestFinished(() => fake.close());
  const headers = { authorization: 'Bearer fake' };
  return async (path, body) => (await fetch(`${fake.url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

test('texts are counted one by one, in contexts, and with the query for each document', async () => {
  const ask = await useVoyage();
  expect(await ask('embeddings', { model: 'voyage-4', input: ['two words', 'one'] })).toMatchObject({ usage: { total_tokens: 3 } });
  expect(await ask('embeddings', { model: 'voyage-4', input: 'two words' })).toMatchObject({ data: [{}], usage: { total_tokens: 2 } });
  expect(await ask('contextualizedembeddings', { inputs: [['two words', 'one'], ['one']] })).toMatchObject({ usage: { total_tokens: 4 } });
  expect(await ask('rerank', { query: 'two words', documents: ['one', 'two'] })).toMatchObject({ usage: { total_tokens: 6 } });
});

test('pixels are counted apart', async () => {
  const ask = await useVoyage();
  const content = [
    { type: 'text', text: 'one' },
    { type: 'image_url', image_url: 'https://example.com/a.png' },
  ];
  expect(await ask('multimodalembeddings', { inputs: [{ content }] })).toMatchObject({
    usage: { text_tokens: 1, image_pixels: 560_000, total_tokens: 1001 },
  });
});

test('the rest of the answer stays when its usage is left out', async () => {
  const ask = await useVoyage({ omitsUsage: true });
  expect(await ask('embeddings', { model: 'voyage-4', input: ['a'] })).toEqual({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
    model: 'voyage-4',
  });
});
