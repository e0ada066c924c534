import { expect, onTestFinished, test } from 'vitest';
import { startFakeMistral, type FakeMistralOptions } from '../../src/index.ts';

async function useMistral(options: FakeMistralOptions = {}): Promise<(path: string, body: object | FormData) => Promise<string>> {
  const fake = await startFakeMistral(options);
  onTestFinished(() => fake.close());
  const headers = { authorization: 'Bearer fake' };
  return async (path, body) => {
    const sent = body instanceof FormData ? body : JSON.stringify(body);
    return (await fetch(`${fake.url}/v1/${path}`, { method: 'POST', headers, body: sent })).text();
  };
}

test('Mistral writes a token a word, and streams its usage in the last chunk', async () => {
  const ask = await useMistral();
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
  const ask = await useMistral({ pages: 7 });
  expect(JSON.parse(await ask('ocr', { model: 'mistral-ocr-2512', document: {} }))).toMatchObject({ usage_info: { pages_processed: 7 } });
  const form = new FormData();
  form.set('model', 'voxtral-mini-2602');
  expect(JSON.parse(await ask('audio/transcriptions', form))).toMatchObject({
    model: 'voxtral-mini-2602',
    usage: { prompt_audio_seconds: 42 },
  });
});

test('Mistral tells nothing of tokens or pages when usage is left out', async () => {
  const ask = await useMistral({ omitsUsage: true });
  const answers = ['chat/completions', 'embeddings', 'moderations', 'ocr'].map((path) =>
    ask(path, { input: ['a'], stream: path === 'chat/completions' }),
  );
  for (const answer of await Promise.all(answers)) expect(answer).not.toMatch(/usage|tokens/);
});
