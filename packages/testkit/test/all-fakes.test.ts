import { describe, expect, onTestFinished, test } from 'vitest';
import {
  startFakeAnthropic,
  startFakeBedrock,
  startFakeCohere,
  startFakeGoogle,
  startFakeMistral,
  startFakeOllama,
  startFakeOpenAi,
  startFakePinecone,
  startFakeVectorStore,
  startFakeVoyage,
  type FakeProvider,
  type FakeProviderOptions,
} from '../src/index.ts';

type Fake = { readonly start: (options?: FakeProviderOptions) => Promise<FakeProvider>; readonly key?: string; readonly path: string };

const FAKES = {
  anthropic: { start: startFakeAnthropic, key: 'x-api-key', path: '/v1/messages' },
  bedrock: { start: startFakeBedrock, key: 'authorization', path: '/model/amazon.nova-lite/converse' },
  cohere: { start: startFakeCohere, key: 'authorization', path: '/v2/chat' },
  google: { start: startFakeGoogle, key: 'x-goog-api-key', path: '/v1beta/models/gemini-2.5-flash:generateContent' },
  mistral: { start: startFakeMistral, key: 'authorization', path: '/v1/chat/completions' },
  ollama: { start: startFakeOllama, path: '/api/chat' },
  openai: { start: startFakeOpenAi, key: 'authorization', path: '/v1/chat/completions' },
  pinecone: { start: startFakePinecone, key: 'api-key', path: '/query' },
  voyage: { start: startFakeVoyage, key: 'authorization', path: '/v1/embeddings' },
  qdrant: { start: (options) => startFakeVectorStore('qdrant', options), path: '/collections/docs/points/query' },
} as const satisfies Readonly<Record<string, Fake>>;

// Safe because the names are the members' own.
const NAMES = Object.keys(FAKES) as readonly (keyof typeof FAKES)[];
const KEYED = NAMES.filter((name) => 'key' in FAKES[name]);

/** Starts a fake and asks it on its main path, with the key it wants. */
async function useFake(name: keyof typeof FAKES, options?: FakeProviderOptions): Promise<{ fake: FakeProvider; ask: typeof ask }> {
  const { start, key, path }: Fake = FAKES[name];
  const fake = await start(options);
  onTestFinished(() => fake.close());
  async function ask(asked: { readonly path?: string; readonly body?: object; readonly withKey?: boolean } = {}): Promise<Response> {
    const headers: Record<string, string> = key === undefined || asked.withKey === false ? {} : { [key]: 'fake' };
    return fetch(fake.url + (asked.path ?? path), { method: 'POST', headers, body: JSON.stringify(asked.body ?? {}) });
  }
  return { fake, ask };
}

describe('each fake', () => {
  test.each(NAMES)('%s answers, and keeps what it was asked', async (name) => {
    const { fake, ask } = await useFake(name);
    const answer = await ask({ body: { model: 'm' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^\{.*\}\n?$/s);
    expect(fake.requests.map(({ method, body }) => `${method} ${body.toString()}`)).toEqual(['POST {"model":"m"}']);
  });

  test.each(KEYED)('%s lets nobody in without a key', async (name) => {
    const { ask } = await useFake(name);
    expect((await ask({ withKey: false })).status).toBe(name === 'bedrock' ? 403 : 401);
  });

  test.each(KEYED)('%s does not know a path that is not there', async (name) => {
    const { ask } = await useFake(name);
    expect((await ask({ path: '/nowhere' })).status).toBe(404);
  });

  test.each(NAMES)('%s fails as the test wants it, once, and says so in words', async (name) => {
    const { fake, ask } = await useFake(name);
    fake.bendNext({ status: 503, retryAfterMs: 10 });
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after-ms')]).toEqual([503, '10']);
    expect(JSON.stringify(await refused.json())).toMatch(/[a-z]{3,} [a-z]{2,}/i);
    expect((await ask()).status).toBe(200);
  });

  test.each(NAMES)('%s takes the options that all take', async (name) => {
    const { fake, ask } = await useFake(name, { maxRequests: 1, quirk: { compress: 'gzip' } });
    await ask({ body: { model: 'first' } });
    expect((await ask({ body: { model: 'second' } })).headers.get('content-encoding')).toBe('gzip');
    expect(fake.requests.map(({ body }) => body.toString())).toEqual(['{"model":"second"}']);
  });
});

describe('a stream that breaks tells it in the form of', () => {
  const content = 'four words are here';
  const messages = [{ role: 'user', content }];
  const contents = [{ parts: [{ text: content }] }];
  test.each<[keyof typeof FAKES, { readonly path?: string; readonly body: object }, string]>([
    ['anthropic', { body: { messages, stream: true } }, 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"'],
    ['cohere', { body: { messages, stream: true } }, '"finish_reason":"ERROR"'],
    ['cohere', { path: '/v1/chat', body: { message: content, stream: true } }, '"error":"gave up"}\n'],
    ['google', { path: '/v1beta/models/m:streamGenerateContent?alt=sse', body: { contents } }, '"status":"UNAVAILABLE"}}\r\n\r\n'],
    ['google', { path: '/v1beta/models/m:streamGenerateContent', body: { contents } }, '"status": "UNAVAILABLE"\n'],
    ['mistral', { body: { messages, stream: true } }, 'data: {"object":"error"'],
    ['ollama', { body: { messages } }, '{"error":"an error was encountered while running the model"}\n'],
    ['openai', { body: { messages, stream: true } }, 'data: {"error":{'],
    ['openai', { path: '/v1/responses', body: { input: content, stream: true } }, 'event: error\ndata: {"type":"error"'],
  ])('%s', async (name, asked, error) => {
    const { fake, ask } = await useFake(name);
    const whole = await (await ask(asked)).text();
    fake.bendNext({ errorAfterPieces: 1 });
    const broken = await (await ask(asked)).text();
    expect(whole).not.toContain(error);
    expect(broken).toContain(error);
    expect(broken.length).toBeLessThan(whole.length);
  });
});
