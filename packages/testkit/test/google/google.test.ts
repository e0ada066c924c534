import { GoogleGenAI } from '@google/genai';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeGoogle, type FakeGoogleOptions, type FakeProvider } from '../../src/index.ts';

const ASK = { model: 'gemini-2.5-pro', contents: 'four words are here', config: { maxOutputTokens: 12 } };

async function useGoogle(options: FakeGoogleOptions = {}): Promise<{ fake: FakeProvider; google: GoogleGenAI }> {
  const fake = await startFakeGoogle(options);
  onTestFinished(() => fake.close());
  return { fake, google: new GoogleGenAI({ apiKey: 'fake', httpOptions: { baseUrl: fake.url } }) };
}

test('content costs a token a word, and thoughts beside them', async () => {
  const { google } = await useGoogle();
  const { usageMetadata, modelVersion } = await google.models.generateContent(ASK);
  expect(modelVersion).toBe('gemini-2.5-pro');
  expect(usageMetadata).toMatchObject({ promptTokenCount: 4, candidatesTokenCount: 12, thoughtsTokenCount: 40, totalTokenCount: 56 });
});

test('a stream of either form says the same as the whole', async () => {
  const { fake, google } = await useGoogle();
  const whole = (await google.models.generateContent(ASK)).text;
  let streamed = '';
  for await (const chunk of await google.models.generateContentStream(ASK)) streamed += chunk.text ?? '';
  expect(streamed).toBe(whole);
  const body = fake.requests[0]?.body.toString() ?? '';
  const url = `${fake.url}/v1beta/models/gemini-2.5-pro:streamGenerateContent?key=fake`;
  const listed: unknown = await (await fetch(url, { method: 'POST', body })).json();
  expect(JSON.stringify(listed)).toContain('"finishReason":"STOP"');
  expect(Array.isArray(listed) && listed.length).toBeGreaterThan(1);
});

test('a function is called', async () => {
  const { google } = await useGoogle();
  const functionDeclarations = [{ name: 'look_up', parametersJsonSchema: { type: 'object', properties: { total: { type: 'number' } } } }];
  const answer = await google.models.generateContent({ ...ASK, config: { tools: [{ functionDeclarations }] } });
  expect(answer.functionCalls).toMatchObject([{ name: 'look_up', args: { total: expect.any(Number) } }]);
});

test('tokens are counted, texts embedded, pictures made', async () => {
  const { fake, google } = await useGoogle();
  expect(await google.models.countTokens({ model: ASK.model, contents: ASK.contents })).toMatchObject({ totalTokens: 4 });
  expect((await google.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] })).embeddings).toHaveLength(2);
  const body = JSON.stringify({ instances: [{ prompt: 'a' }], parameters: { sampleCount: 2 } });
  const pictures: unknown = await (await fetch(`${fake.url}/v1beta/models/imagen-4:predict?key=fake`, { method: 'POST', body })).json();
  expect(pictures).toMatchObject({ predictions: [{ mimeType: 'image/png' }, {}] });
});

test('errors come in its form, at once and inside a stream', async () => {
  const { fake, google } = await useGoogle();
  fake.bendNext({ status: 429 }, { errorAfterPieces: 2 });
  await expect(google.models.generateContent(ASK)).rejects.toMatchObject({ status: 429 });
  const read = async (): Promise<void> => {
    for await (const chunk of await google.models.generateContentStream(ASK)) void chunk;
  };
  await expect(read()).rejects.toThrow('UNAVAILABLE');
  expect((await fetch(`${fake.url}/v1beta/models/m:generateContent`, { method: 'POST' })).status).toBe(401);
});
