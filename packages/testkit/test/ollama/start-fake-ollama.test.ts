import { expect, onTestFinished, test } from 'vitest';
import { startFakeOllama, type FakeProvider } from '../../src/index.ts';

async function useFake(): Promise<FakeProvider> {
  const fake = await startFakeOllama();
  onTestFinished(() => fake.close());
  return fake;
}

function post(fake: FakeProvider, path: string, body: object): Promise<Response> {
  return fetch(fake.url + path, { method: 'POST', body: JSON.stringify(body) });
}

test('a chat is a line of JSON for each word, and the last one tells the counts', async () => {
  const messages = [{ role: 'user', content: 'three small words' }];
  const answer = await post(await useFake(), '/api/chat', { model: 'llama3.2', messages, options: { num_predict: 4 } });
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatchObject({ model: 'llama3.2', message: { role: 'assistant' }, done: false });
  expect(lines[4]).toMatchObject({ done: true, prompt_eval_count: 3, eval_count: 4 });
});

test('a whole answer and an embedding are one value each, and an unknown path is refused', async () => {
  const fake = await useFake();
  const whole = await post(fake, '/api/generate', { model: 'llama3.2', prompt: 'two words', stream: false });
  expect(await whole.json()).toMatchObject({ response: expect.any(String), done: true, prompt_eval_count: 2 });
  const embedded = await post(fake, '/api/embed', { model: 'nomic-embed-text', input: ['one', 'two words'] });
  expect(await embedded.json()).toMatchObject({
    embeddings: [
      [0.1, 0.2, 0.3],
      [0.1, 0.2, 0.3],
    ],
    prompt_eval_count: 3,
  });
  expect((await post(fake, '/api/nothing', {})).status).toBe(404);
});
