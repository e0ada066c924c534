import OpenAI from 'openai';
import OpenAI4 from 'openai-4';
import { Pinecone } from '@pinecone-database/pinecone';
import { type FakeProvider, startFakeOpenAi, startFakePinecone } from '@llmobserve/testkit';
import { expect, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'the same with and without – ü' }] };
const SOON = { retryAfterMs: 1 };

type Run = { readonly results: readonly unknown[]; readonly requests: readonly string[] };

/** Everything an app might do, and everything the provider's socket saw of it. */
async function runApp(): Promise<Run> {
  const openAi = await startFakeOpenAi();
  const pineconeFake = await startFakePinecone();
  try {
    const results = [
      ...(await useOpenAi(new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` }), openAi)),
      // Safe because version 4 has every method that is called here, with the same parameters.
      ...(await useOpenAi(new OpenAI4({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` }) as unknown as OpenAI, openAi)),
      ...(await usePinecone(pineconeFake.url)),
    ];
    return { results, requests: [...openAi.requests, ...pineconeFake.requests].map(describeRequest) };
  } finally {
    await Promise.all([openAi.close(), pineconeFake.close()]);
  }
}

/** Ports and dates differ between any two runs. */
function describeRequest({ rawBytes, isAborted }: FakeProvider['requests'][number]): string {
  return `${isAborted ? 'aborted' : 'answered'} ${rawBytes.toString('latin1').replaceAll(/127\.0\.0\.1:\d+/g, 'host')}`;
}

async function useOpenAi(client: OpenAI, fake: FakeProvider): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  results.push(await client.chat.completions.create(ASK));
  const { data, response, request_id: requestId } = await client.chat.completions.create(ASK).withResponse();
  results.push(data, response.status, requestId, response.constructor.name);
  results.push(
    await client.chat.completions
      .create(ASK)
      .asResponse()
      .then((raw) => raw.text()),
  );
  for (const compress of ['gzip', 'deflate', 'br'] as const) {
    fake.bendNext({ compress });
    results.push(await client.chat.completions.create(ASK).catch(String));
  }
  for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) results.push(chunk);
  const [left, right] = (await client.chat.completions.create({ ...ASK, stream: true })).tee();
  for (const side of [left, right]) for await (const chunk of side) results.push(chunk);
  results.push(await new Response((await client.chat.completions.create({ ...ASK, stream: true })).toReadableStream()).text());
  fake.bendNext({ hangAfterPieces: 6 });
  for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) {
    if (results.push(chunk) > 0 && chunk.choices[0]?.delta.content) break;
  }
  await fake.waitFor((requests) => requests.at(-1)?.isAborted === true);
  fake.bendNext({ status: 429, ...SOON });
  results.push(await client.embeddings.create({ model: 'text-embedding-3-small', input: 'one two' }));
  fake.bendNext({ status: 400 });
  results.push(await client.chat.completions.create(ASK).catch((error: unknown) => describeError(error)));
  fake.bendNext({ isMalformed: true });
  results.push(await client.chat.completions.create(ASK).catch((error: unknown) => describeError(error)));
  const twice = client.chat.completions.create(ASK);
  const [first, second] = await Promise.all([twice, twice]);
  results.push(first === second);
  results.push(await client.responses.create({ model: 'gpt-5', input: 'hello' }));
  return results;
}

function describeError(error: unknown): unknown {
  return error instanceof Error
    ? [error.constructor.name, error.message.replaceAll(/127\.0\.0\.1:\d+/g, 'host'), Reflect.get(error, 'code')]
    : error;
}

async function usePinecone(url: string): Promise<readonly unknown[]> {
  const index = new Pinecone({ apiKey: 'pc-fake' }).index({ host: url });
  return [
    await index.upsert({ records: [{ id: 'a', values: [0.1, 0.2], metadata: { title: 'ü' } }] }),
    await index.query({ vector: [0.1, 0.2], topK: 1, includeMetadata: true }),
    await index.fetch({ ids: ['a'] }),
  ];
}

test('the app gets the same and the provider sees the same bytes, with and without capture', { timeout: 30_000 }, async () => {
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => void rejections.push(reason);
  process.on('unhandledRejection', onRejection);
  const without = await runApp();
  const capture = recordCapture();
  const withCapture = await runApp();
  process.off('unhandledRejection', onRejection);
  expect(withCapture.requests).toEqual(without.requests);
  expect(JSON.stringify(withCapture.results)).toBe(JSON.stringify(without.results));
  expect(capture.calls.length).toBeGreaterThan(30);
  expect(capture.faults).toEqual([]);
  expect(capture.warnings).toEqual([]);
  expect(rejections).toEqual([]);
});

test('an observer that throws is never noticed by the app', async () => {
  const capture = recordCapture({
    onCall: () => {
      throw new Error('thrown by an observer');
    },
    currentScope: () => {
      throw new Error('thrown by a scope');
    },
  });
  const openAi = await startFakeOpenAi();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` });
  expect((await client.chat.completions.create(ASK)).object).toBe('chat.completion');
  await openAi.close();
  expect(capture.faults).toContain('undici_tap');
});

test('a fault in handing a call over is counted and said once', async () => {
  const capture = recordCapture({
    onCall: () => {
      throw new Error('thrown by an observer');
    },
  });
  const openAi = await startFakeOpenAi();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${openAi.url}/v1` });
  for (let i = 0; i < 2; i += 1) await client.chat.completions.create(ASK);
  await openAi.close();
  capture.drain();
  expect(capture.faults).toEqual(['capture', 'capture']);
  expect(capture.warnings[0]).toMatch(/could not be captured.*thrown by an observer/);
});
