import { GoogleGenAI } from '@google/genai';
import { type FakeGoogleOptions, type FakeProvider, startFakeGoogle } from '@llmobserve/testkit';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { closedAtEnd } from './support/start-fakes.ts';

const ASK = { model: 'gemini-2.5-flash', contents: 'how many words are these', config: { maxOutputTokens: 20 } };

async function useGoogle(options: FakeGoogleOptions = {}): Promise<{ fake: FakeProvider; google: GoogleGenAI }> {
  const fake = closedAtEnd(await startFakeGoogle(options));
  return { fake, google: new GoogleGenAI({ apiKey: 'fake', httpOptions: { baseUrl: fake.url } }) };
}

describe('content', () => {
  test('is captured at a host nobody named, its thoughts apart', async () => {
    const { google } = await useGoogle();
    const capture = recordCapture();
    const answer = await google.models.generateContent(ASK);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      kind: 'llm',
      provider: 'google',
      operation: 'chat',
      model: 'gemini-2.5-flash',
      requestedModel: 'gemini-2.5-flash',
      responseId: answer.responseId,
      status: 'ok',
      streamed: false,
      usage: { input: 5, output: 20, reasoning: 40 },
      usageQuality: 'reported',
    });
  });

  test('tells what was cached, heard and seen apart from what was read', async () => {
    const { google } = await useGoogle({
      planUsage: (planned) => ({ ...planned, prompt: 500, cached: 100, promptAudio: 64, promptImage: 258, toolUse: 30, thoughts: 0 }),
    });
    const capture = recordCapture();
    await google.models.generateContent(ASK);
    const [call] = await capture.untilCalls(1);
    expect(call?.usage).toEqual({ input: 108, cachedInput: 100, audioInput: 64, imageInput: 258, output: 20 });
  });

  test('tells pictures and sounds that were made apart from words', async () => {
    const { google } = await useGoogle();
    const capture = recordCapture();
    await google.models.generateContent({
      ...ASK,
      model: 'gemini-2.5-flash-image',
      config: { responseModalities: ['TEXT', 'IMAGE'], maxOutputTokens: 7 },
    });
    await google.models.generateContent({
      ...ASK,
      model: 'gemini-2.5-flash-tts',
      config: { responseModalities: ['AUDIO'], maxOutputTokens: 9 },
    });
    const [picture, sound] = await capture.untilCalls(2);
    expect(picture?.usage).toEqual({ input: 5, output: 7, imageOutput: 1290 });
    expect(sound?.usage).toEqual({ input: 5, audioOutput: 9 });
  });

  test.each<readonly [string, FakeGoogleOptions, string]>([
    ['in the usage', { terms: { serviceTier: 'flex' } }, 'flex'],
    ['in a header', { tierHeader: 'priority' }, 'priority'],
    ['as traffic', { terms: { trafficType: 'PROVISIONED_THROUGHPUT' } }, 'PROVISIONED_THROUGHPUT'],
  ])('tells the tier that served %s', async (_name, options, tier) => {
    const { google } = await useGoogle(options);
    const capture = recordCapture();
    await google.models.generateContent(ASK);
    const [call] = await capture.untilCalls(1);
    expect(call?.serviceTier).toBe(tier);
  });
});

describe('a stream', () => {
  test('counts its last totals, not their sum', async () => {
    const { fake, google } = await useGoogle();
    const capture = recordCapture();
    fake.bendNext({ pieceBytes: 11 }, { compress: 'gzip' });
    for (const count of [1, 2]) {
      let last;
      for await (const chunk of await google.models.generateContentStream(ASK)) last = chunk;
      const call = (await capture.untilCalls(count)).at(-1);
      expect(call).toMatchObject({
        streamed: true,
        status: 'ok',
        responseId: last?.responseId,
        usage: { input: 5, output: 20, reasoning: 40 },
        usageQuality: 'reported',
      });
    }
  });

  test.each([{}, { pieceBytes: 13 }, { compress: 'br' as const }])('written as one long list is read alike (%j)', async (quirk) => {
    const { fake } = await useGoogle();
    const capture = recordCapture();
    fake.bendNext(quirk);
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'how many words are these' }] }] });
    const url = `${fake.url}/v1beta/models/gemini-2.5-flash:streamGenerateContent?key=fake`;
    await (await fetch(url, { method: 'POST', body })).text();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ streamed: true, model: 'gemini-2.5-flash', usageQuality: 'reported', usage: { input: 5, reasoning: 40 } });
    expect(call?.responseId).toBe('resp-fake-1');
  });

  test('that is left early is estimated, and no less than it told so far', async () => {
    const { fake, google } = await useGoogle();
    const capture = recordCapture();
    fake.bendNext({ hangAfterPieces: 4 });
    const leaving = new AbortController();
    const stream = await google.models.generateContentStream({ ...ASK, config: { ...ASK.config, abortSignal: leaving.signal } });
    await stream.next();
    leaving.abort();
    const rest = async (): Promise<void> => {
      for await (const chunk of stream) void chunk;
    };
    await expect(rest()).rejects.toThrow();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'cancelled', usageQuality: 'estimated', usage: { input: 5, reasoning: 40 } });
    expect(call?.usage?.output).toBeGreaterThanOrEqual(3);
  });

  test.each([true, false])('that breaks in an error of its own is a failed call (events: %s)', async (isSse) => {
    const { fake } = await useGoogle();
    const capture = recordCapture();
    fake.bendNext({ errorAfterPieces: 3 });
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'how many words are these' }] }] });
    const query = isSse ? 'alt=sse&key=fake' : 'key=fake';
    await (await fetch(`${fake.url}/v1beta/models/gemini-2.5-flash:streamGenerateContent?${query}`, { method: 'POST', body })).text();
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'error', error: { code: 'UNAVAILABLE' }, usageQuality: 'estimated' });
  });
});

describe('beside content', () => {
  test('embeddings tell their tokens, or are estimated', async () => {
    const { google } = await useGoogle();
    const capture = recordCapture();
    await google.models.embedContent({ model: 'gemini-embedding-001', contents: ['two words', 'and three more'] });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({
      kind: 'embedding',
      operation: 'embeddings',
      requestedModel: 'gemini-embedding-001',
      usageQuality: 'estimated',
    });
    expect(call?.usage?.input).toBeGreaterThanOrEqual(4);
    expect(call?.usage?.input).toBeLessThanOrEqual(7);
  });

  test('pictures are counted, those too large to be kept by what was asked for', async () => {
    const { fake } = await useGoogle();
    const capture = recordCapture();
    for (const sampleCount of [1, 4]) {
      const body = JSON.stringify({ instances: [{ prompt: 'a ledger' }], parameters: { sampleCount } });
      await (await fetch(`${fake.url}/v1beta/models/imagen-4.0-generate-001:predict?key=fake`, { method: 'POST', body })).text();
    }
    const [one, four] = await capture.untilCalls(2);
    expect(one).toMatchObject({ kind: 'image', operation: 'images', usage: { images: 1 }, usageQuality: 'reported' });
    expect(four).toMatchObject({ kind: 'image', usage: { images: 4 }, usageQuality: 'estimated' });
  });

  test('counting tokens costs nothing', async () => {
    const { google } = await useGoogle();
    const capture = recordCapture();
    await google.models.countTokens({ model: ASK.model, contents: ASK.contents });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ operation: 'count_tokens', status: 'ok' });
    expect(call?.usage).toBeUndefined();
  });

  test('at Vertex AI the region and the kind of traffic are told, and texts counted one by one', async () => {
    const { fake } = await useGoogle({ terms: { trafficType: 'ON_DEMAND' } });
    const capture = recordCapture();
    const place = '/v1/projects/p/locations/europe-west1/publishers/google/models';
    const post = (path: string, body: object) =>
      fetch(`${fake.url}${place}${path}`, { method: 'POST', headers: { authorization: 'Bearer fake' }, body: JSON.stringify(body) });
    await post('/gemini-2.0-flash:generateContent', { contents: [{ parts: [{ text: 'two words' }] }] });
    await post('/text-embedding-005:predict', { instances: [{ content: 'two words' }, { content: 'and three more' }] });
    const [chat, embedding] = await capture.untilCalls(2);
    expect(chat).toMatchObject({ provider: 'vertex', region: 'europe-west1', serviceTier: 'ON_DEMAND', usage: { input: 2 } });
    expect(embedding).toMatchObject({ provider: 'vertex', kind: 'embedding', usage: { input: 5 }, usageQuality: 'reported' });
  });
});

test('an interaction in the background is one call, however often it is looked at', async () => {
  let looks = 0;
  const server = createServer((request, response) => {
    looks += request.method === 'GET' ? 1 : 0;
    const usage = { total_input_tokens: 5, total_output_tokens: 20, total_tokens: 25 };
    const isOver = looks > 1;
    const interaction = { id: 'v1_abc', model: 'gemini-2.5-flash', status: isOver ? 'completed' : 'in_progress', ...(isOver && { usage }) };
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify(interaction)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // Safe because a server that listens on TCP has an address and a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1beta/interactions`;
  const capture = recordCapture();
  const headers = { 'x-goog-api-key': 'fake' };
  const body = JSON.stringify({ model: 'gemini-2.5-flash', input: 'how many words are these', background: true });
  await capture.asCustomer('acme', async () => (await fetch(url, { method: 'POST', headers, body })).text());
  for (let look = 0; look < 3; look += 1) await (await fetch(`${url}/v1_abc`, { headers })).text();
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({
    responseId: 'v1_abc',
    usage: { input: 5, output: 20 },
    usageQuality: 'reported',
    scope: { customer: 'acme' },
  });
  expect(capture.calls).toHaveLength(1);
});
