import OpenAI, { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeOpenAi, type FakeProvider } from '../../src/index.ts';

let fake: FakeProvider;
let openai: OpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAi();
  openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
});
afterAll(() => fake.close());

test('base64 and float carry the same vector, and each input is counted', async () => {
  const input = ['two words', 'and three more'];
  const packed = await openai.embeddings.create({ model: 'text-embedding-3-small', input, dimensions: 16 });
  const plain = await openai.embeddings.create({ model: 'text-embedding-3-small', input, dimensions: 16, encoding_format: 'float' });
  expect(packed.usage).toEqual({ prompt_tokens: 5, total_tokens: 5 });
  expect(packed.data[1]?.embedding).toHaveLength(16);
  expect(packed.data.map((entry) => entry.embedding)).toEqual(plain.data.map((entry) => entry.embedding.map(Math.fround)));
});

test('token lists are counted by their length, and each model has its own size', async () => {
  const byTokens = await openai.embeddings.create({ model: 'text-embedding-3-large', input: [[1, 2, 3], [4]] });
  expect(byTokens.usage.prompt_tokens).toBe(4);
  expect(byTokens.data[0]?.embedding).toHaveLength(3072);
});

test('texts that share words lie nearer to each other than others', async () => {
  const input = ['the price of a customer', 'price of the customer acme', 'whales sing under ice'];
  const [one, near, far] = (await openai.embeddings.create({ model: 'text-embedding-3-small', input })).data.map(
    (entry) => entry.embedding,
  );
  const dot = (left: readonly number[] = [], right: readonly number[] = []) =>
    left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  expect(dot(one, near)).toBeGreaterThan(dot(one, far) + 0.3);
});

test('moderations and models answer, and an unknown model is not found', async () => {
  expect((await openai.moderations.create({ input: ['a', 'b'] })).results).toHaveLength(2);
  expect((await openai.models.list()).data.map((model) => model.id)).toContain('gpt-4o');
  expect(await openai.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o' });
  await expect(openai.models.retrieve('gpt-0')).rejects.toMatchObject({ status: 404 });
});

test('Azure paths reach the same answers', async () => {
  const azure = new AzureOpenAI({ apiKey: 'key', endpoint: fake.url, apiVersion: '2024-10-21', deployment: 'my-gpt' });
  const answer = await azure.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello there' }] });
  expect(answer.usage?.prompt_tokens).toBe(2);
});

test('no key is refused', async () => {
  const response = await fetch(`${fake.url}/v1/models`);
  expect(response.status).toBe(401);
});
