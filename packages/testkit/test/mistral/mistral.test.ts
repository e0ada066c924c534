import { expect, onTestFinished, test } from 'vitest';
import { startFakeMistral, startFakeVoyage, type FakeProvider } from '../../src/index.ts';

async function asking(fake: FakeProvider): Promise<(path: string, body: object | FormData) => Promise<string>> {
  onTestFinished(() => fake.close());
  expect((await fetch(`${fake.url}/v1/embeddings`, { method: 'POST' })).status).toBe(401);
  const headers = { authorization: 'Bearer fake' };
  return async (path, body) =>
    (
      await fetch(`${fake.url}/v1/${path}`, { method: 'POST', headers, body: body instanceof FormData ? body : JSON.stringify(body) })
    ).text();
}

test('Mistral writes a token a word, and streams its usage in the last chunk', async () => {
  const ask = await asking(await startFakeMistral());
  const chat = { model: 'mistral-large-2512', messages: [{ role: 'user', content: 'four words are here' }], max_tokens: 6 };
  expect(JSON.parse(await ask('chat/completions', chat))).toMatchObject({
    usage: { prompt_tokens: 4, completion_tokens: 6, total_tokens: 10 },
  });
  const chunks = (await ask('chat/completions', { ...chat, stream: true })).trim().split('\n\n');
  expect(chunks.at(-1)).toBe('data: [DONE]');
  expect(chunks.at(-2)).toContain('"prompt_tokens":4');
  expect(JSON.parse(await ask('fim/completions', { prompt: 'two words', suffix: 'one', max_tokens: 3 }))).toMatchObject({
    usage: { prompt_tokens: 3 },
  });
});

test('Mistral counts pages and seconds', async () => {
  const ask = await asking(await startFakeMistral({ pages: 7 }));
  expect(JSON.parse(await ask('ocr', { model: 'mistral-ocr-2512', document: {} }))).toMatchObject({ usage_info: { pages_processed: 7 } });
  const form = new FormData();
  form.set('model', 'voxtral-mini-2602');
  expect(JSON.parse(await ask('audio/transcriptions', form))).toMatchObject({
    model: 'voxtral-mini-2602',
    usage: { prompt_audio_seconds: 42 },
  });
});

test('Voyage counts texts, and pixels apart', async () => {
  const ask = await asking(await startFakeVoyage());
  const usage = async (path: string, body: object): Promise<unknown> => JSON.parse(await ask(path, body));
  expect(await usage('embeddings', { model: 'voyage-4', input: ['two words', 'one'] })).toMatchObject({ usage: { total_tokens: 3 } });
  expect(await usage('rerank', { query: 'two words', documents: ['one', 'two'] })).toMatchObject({ usage: { total_tokens: 6 } });
  const content = [
    { type: 'text', text: 'one' },
    { type: 'image_url', image_url: 'https://example.com/a.png' },
  ];
  expect(await usage('multimodalembeddings', { inputs: [{ content }] })).toMatchObject({
    usage: { text_tokens: 1, image_pixels: 560_000, total_tokens: 1001 },
  });
});
