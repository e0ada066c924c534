import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { hashBytes } from '../../src/capture/hash-bytes.ts';
import { rememberIds } from '../../src/capture/remember-ids.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const ASK = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'what has ended waits to be read' }] };
const NEVER_MS = 2 ** 31 - 1;

function clientOf(url: string): OpenAI {
  return new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, maxRetries: 0 });
}

describe('an ended exchange', () => {
  test('is not read while the app is at work, and keeps the times it had', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => NEVER_MS });
    const client = clientOf(fake.url);
    await client.chat.completions.create(ASK);
    const endedMs = Date.now();
    await client.chat.completions.create(ASK);
    expect(capture.calls).toEqual([]);
    capture.drain();
    expect(capture.calls).toHaveLength(2);
    const [first] = capture.calls;
    expect((first?.startedAtMs ?? 0) + (first?.durationMs ?? 0)).toBeLessThanOrEqual(endedMs + 1);
  });

  test('is read by itself after a while', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => 5 });
    await clientOf(fake.url).chat.completions.create(ASK);
    await expect(capture.untilCalls(1)).resolves.toMatchObject([{ status: 'ok' }]);
  });

  test('is read at once where nothing may wait', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => 0 });
    await clientOf(fake.url).chat.completions.create(ASK);
    expect(capture.calls).toHaveLength(1);
  });

  test('is read with its company once that has grown to 64', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => NEVER_MS });
    const client = clientOf(fake.url);
    for (let batch = 0; batch < 4; batch += 1) await Promise.all(Array.from({ length: 16 }, () => client.chat.completions.create(ASK)));
    expect(capture.calls).toHaveLength(64);
  });

  test('is read with its company once that holds half a megabyte', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => NEVER_MS });
    const content = 'word '.repeat(50_000);
    const ask = () => clientOf(fake.url).chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
    await ask();
    expect(capture.calls).toHaveLength(0);
    await ask();
    await ask();
    expect(capture.calls).toHaveLength(3);
  });

  test('that failed is settled before its retry comes', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => NEVER_MS });
    fake.bendNext({ status: 500, retryAfterMs: 5 });
    await new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` }).chat.completions.create(ASK);
    capture.drain();
    expect(capture.calls).toMatchObject([{ status: 'ok', attempts: 2 }]);
  });

  test('is handed over when capture stops', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture({ readAfterMs: () => NEVER_MS });
    await clientOf(fake.url).chat.completions.create(ASK);
    capture.stop();
    expect(capture.calls).toHaveLength(1);
  });
});

describe('a response is known again', () => {
  test('of ten thousand ids, the last five thousand at least', () => {
    const ids = rememberIds(10_000);
    for (let i = 0; i < 25_000; i += 1) ids.add(`resp_${i}`);
    expect(Array.from({ length: 5_000 }, (_, i) => ids.has(`resp_${24_999 - i}`))).not.toContain(false);
    expect(Array.from({ length: 15_000 }, (_, i) => ids.has(`resp_${i}`))).not.toContain(true);
  });

  test('by a print that two ids do not share', () => {
    const prints = new Set(Array.from({ length: 200_000 }, (_, i) => hashBytes(Buffer.from(`chatcmpl-${i.toString(36)}`))));
    expect(prints.size).toBe(200_000);
  });
});
