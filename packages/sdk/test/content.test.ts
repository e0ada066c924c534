import { parseCostEvent } from '@llmobserve/protocol';
import { startFakeAnthropic, startFakeGoogle } from '@llmobserve/testkit';
import OpenAI from 'openai';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fitContent } from '../src/fit-content.ts';
import { init, type InitOptions } from '../src/index.ts';
import { recordCalls, type RecordedCalls } from '../src/testing.ts';
import { useFakeOpenAi } from './capture/support/start-fakes.ts';

async function start(options: InitOptions): Promise<{ readonly openai: OpenAI; readonly calls: RecordedCalls }> {
  const fake = await useFakeOpenAi();
  const calls = recordCalls({ captureContent: false, redact: undefined, ...options });
  onTestFinished(() => calls.stop());
  return { openai: new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 }), calls };
}

async function post(url: string, body: object): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-api-key': 'k', 'anthropic-version': '2023-06-01', 'x-goog-api-key': 'k' };
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).text();
}

async function contentsOf(calls: RecordedCalls): Promise<readonly unknown[]> {
  return (await calls.settled()).map((event) => event.attributes?.['content']);
}

const ASK = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'How are “you”?\nWell?' }] };

describe('what is said in a call', () => {
  test('is nowhere in its event unless somebody asks for it', async () => {
    const { openai, calls } = await start({});
    const answer = await openai.chat.completions.create(ASK);
    const text = JSON.stringify(await calls.settled());
    expect(text).toContain(answer.id);
    expect(text).not.toContain('How are');
    expect(text).not.toContain(answer.choices[0]?.message.content?.slice(0, 20) ?? 'no answer');
  });

  test('is kept on request: question and answer, whole or streamed', async () => {
    const { openai, calls } = await start({ captureContent: true });
    const answer = await openai.chat.completions.create(ASK);
    let streamed = '';
    for await (const chunk of await openai.chat.completions.create({ ...ASK, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? '';
    }
    const response = await openai.responses.create({ model: 'gpt-4o-mini', instructions: 'Be kind.', input: 'And she?' });
    let asStream = '';
    for await (const event of await openai.responses.create({ model: 'gpt-4o-mini', input: 'And they?', stream: true })) {
      if (event.type === 'response.output_text.delta') asStream += event.delta;
    }
    await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
    const marks = { isTruncated: false, isRedacted: false };
    expect(await contentsOf(calls)).toEqual([
      { input: 'How are “you”?\nWell?', output: answer.choices[0]?.message.content, ...marks },
      { input: 'How are “you”?\nWell?', output: streamed, ...marks },
      { input: expect.stringMatching(/And she\?\nBe kind\.|Be kind\.\nAnd she\?/), output: response.output_text, ...marks },
      { input: 'And they?', output: asStream, ...marks },
      { input: 'one\ntwo', ...marks },
    ]);
  });

  test('is kept of Anthropic and Gemini too, in their own forms', async () => {
    const [anthropic, google] = await Promise.all([startFakeAnthropic(), startFakeGoogle()]);
    onTestFinished(async () => void (await Promise.all([anthropic.close(), google.close()])));
    const hosts = { [new URL(anthropic.url).host]: 'anthropic', [new URL(google.url).host]: 'google' };
    const calls = recordCalls({ captureContent: true, redact: undefined, providers: hosts });
    onTestFinished(() => calls.stop());
    const text = 'How are you?';
    const message = {
      model: 'claude-haiku-4-5',
      max_tokens: 30,
      system: 'Be kind.',
      messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    };
    const prompt = { contents: [{ role: 'user', parts: [{ text }] }], systemInstruction: { parts: [{ text: 'Be kind.' }] } };
    const model = `${google.url}/v1beta/models/gemini-2.5-flash`;
    const answers = [
      await post(`${anthropic.url}/v1/messages`, message),
      await post(`${anthropic.url}/v1/messages`, { ...message, stream: true }),
      await post(`${model}:generateContent`, prompt),
      await post(`${model}:streamGenerateContent?alt=sse`, prompt),
    ];
    const told = answers.map((body) => [...body.matchAll(/"text":"([^"]*)"/g)].map((match) => match[1]).join(''));
    expect(told.every((answer) => answer.length > 20)).toBe(true);
    const input = 'How are you?\nBe kind.';
    expect(await contentsOf(calls)).toEqual(told.map((output) => ({ input, output, isTruncated: false, isRedacted: false })));
  });

  test('is kept of a long stream too, not of its ends alone', async () => {
    const { openai, calls } = await start({ captureContent: true });
    const ask = { ...ASK, max_completion_tokens: 900, messages: [{ role: 'user' as const, content: 'tell '.repeat(900) }] };
    let streamed = '';
    for await (const chunk of await openai.chat.completions.create({ ...ask, stream: true }))
      streamed += chunk.choices[0]?.delta.content ?? '';
    const [content] = await contentsOf(calls);
    expect(content).toMatchObject({ output: streamed.slice(0, 16_000), isTruncated: streamed.length > 16_000 });
  });

  test('leaves the descriptions of tools out', async () => {
    const { openai, calls } = await start({ captureContent: true });
    const tool = { type: 'function' as const, function: { name: 'search', description: 'Looks things up.' } };
    await openai.chat.completions.create({ ...ASK, tools: [tool] });
    expect(JSON.stringify(await contentsOf(calls))).not.toContain('Looks things up');
  });

  test('is cut to its bound, and the event says so', async () => {
    const { openai, calls } = await start({ captureContent: true });
    await openai.chat.completions.create({ ...ASK, messages: [{ role: 'user', content: '„naïve“ 🙂 '.repeat(5_000) }] });
    const [event] = await calls.settled();
    expect(event?.attributes?.['content']).toMatchObject({ isTruncated: true, input: expect.stringMatching(/^(„naïve“ 🙂 )+/) });
    expect(Buffer.byteLength(JSON.stringify(event?.attributes))).toBeLessThan(34_000);
    expect(parseCostEvent(event, Date.now())).toMatchObject({ isRepaired: false });
  });

  test('passes the app’s own hook first', async () => {
    const { openai, calls } = await start({
      captureContent: true,
      redact: ({ input, output }) => ({ input: input?.replaceAll('you', '[name]'), output: output && '[answer]' }),
    });
    await openai.chat.completions.create(ASK);
    expect(await contentsOf(calls)).toEqual([
      { input: 'How are “[name]”?\nWell?', output: '[answer]', isTruncated: false, isRedacted: true },
    ]);
  });

  test('is dropped where the hook gives nothing or fails, and the event stays', async () => {
    const { openai, calls } = await start({ captureContent: true, redact: () => undefined });
    await openai.chat.completions.create(ASK);
    await calls.settled();
    init({
      redact: () => {
        throw new Error('cannot tell');
      },
    });
    await openai.chat.completions.create(ASK);
    expect(await contentsOf(calls)).toEqual([{ isTruncated: false, isRedacted: true }, undefined]);
  });
});

describe('content that fits', () => {
  const fault = (): void => undefined;
  const said = { input: 'in', output: 'out', isTruncated: false };

  test.each([
    ['a promise', () => Promise.resolve({ input: 'x' })],
    ['a promise that fails', () => Promise.reject(new Error('too late'))],
    ['a number', () => ({ input: 7 })],
    ['an object for a text', () => ({ output: { text: 'x' } })],
  ])('a hook that gives %s for a text keeps nothing and is told', (_name, redact) => {
    const faults: string[] = [];
    // Safe because this is what an app without types may pass.
    const kept = fitContent(said, redact as never, (cause) => faults.push(cause));
    expect({ kept, faults }).toEqual({ kept: undefined, faults: ['redact'] });
  });

  test.each([
    ['ASCII', 'a'.repeat(20_000)],
    ['quotation marks', '"'.repeat(20_000)],
    ['control characters', '\u0001'.repeat(20_000)],
    ['emoji', '🙂'.repeat(10_000)],
    ['half an emoji at the cut', `a${'🙂'.repeat(10_000)}`],
  ])('%s take no more room than the bound, written as JSON', (_name, text) => {
    const kept = fitContent({ ...said, input: text }, undefined, fault);
    const input =
      typeof kept === 'object' && kept !== null && 'input' in kept ? JSON.parse(JSON.stringify(Reflect.get(kept, 'input'))) : '';
    expect(Buffer.byteLength(JSON.stringify(input))).toBeLessThanOrEqual(16_386);
    expect(Buffer.byteLength(JSON.stringify(input))).toBeGreaterThan(15_000);
    expect(input.isWellFormed()).toBe(true);
    expect(kept).toMatchObject({ isTruncated: true, output: 'out' });
  });
});
