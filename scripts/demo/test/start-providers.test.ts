import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { enlarge, startProviders, type Providers } from '../start-providers.ts';

let providers: Providers | undefined;
afterEach(() => providers?.close());

const ask = { model: 'gpt-4o', inputWords: 50, audioParts: 0, wantsAudio: false, outputLimit: undefined, effort: undefined, hash: 1 };
const plan = { input: 50, cachedInput: 0, audioInput: 0, output: 74, reasoning: 64, audioOutput: 0 };

test('short questions are counted like long ones, in whole parts', () => {
  const enlarged = enlarge(ask, plan);
  expect(enlarged).toMatchObject({ input: 2000, cachedInput: 896, reasoning: 64, output: 64 + 120 });
  expect(enlarge(ask, { ...plan, input: 5 }).cachedInput).toBe(0);
});

test('the local fakes answer the clients, and stumble when told to', async () => {
  providers = await startProviders(undefined);
  const openai = new OpenAI({ apiKey: providers.env['OPENAI_API_KEY'], baseURL: providers.env['OPENAI_BASE_URL'], maxRetries: 0 });
  const body = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Hello' }] };
  expect((await openai.chat.completions.create(body)).usage?.prompt_tokens).toBe(40);
  providers.stumble();
  await expect(openai.chat.completions.create(body)).rejects.toMatchObject({ status: 429 });
});

test('live, only Pinecone is a fake', async () => {
  providers = await startProviders({ OPENAI_API_KEY: 'sk-real' });
  expect(providers.env).toEqual({
    OPENAI_API_KEY: 'sk-real',
    PINECONE_API_KEY: expect.any(String),
    PINECONE_CONTROLLER_HOST: expect.stringContaining('http://127.0.0.1:'),
  });
});
