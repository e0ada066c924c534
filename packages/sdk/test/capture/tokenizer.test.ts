import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { countTokens } from '../../src/capture/count-tokens.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const ONE_A_LETTER = (text: string): number => text.length;

describe('tokens are counted', () => {
  test('by the tokenizer that is there, over pieces as if they were one text', () => {
    const seen: string[] = [];
    const tokenizer = (text: string): number => {
      seen.push(text);
      return 7;
    };
    expect(countTokens(['one w', 'ord'], () => tokenizer)).toBe(7);
    expect(seen).toEqual(['one word']);
  });

  test('a thousand letters at a time, so that no text takes long', () => {
    const lengths: number[] = [];
    countTokens(['a'.repeat(2_500)], () => (text) => lengths.push(text.length));
    expect(lengths).toEqual([1000, 1000, 500]);
  });

  test.each<readonly [string, () => ((text: string) => number) | undefined]>([
    ['while none is loaded', () => undefined],
    [
      'where it throws',
      () => () => {
        throw new Error('no such token');
      },
    ],
  ])('about, %s', (_name, findTokenizer) => {
    const tokens = countTokens(['What does ', 'it cost?'], findTokenizer);
    expect(tokens).toBeGreaterThanOrEqual(4);
    expect(tokens).toBeLessThanOrEqual(6);
  });
});

test('a stream without a usage is estimated by the tokenizer, one with a usage asks for none', async () => {
  let asked = 0;
  const fake = await useFakeOpenAi();
  const capture = recordCapture({
    findTokenizer() {
      asked += 1;
      return ONE_A_LETTER;
    },
  });
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
  const content = 'What does it cost?';
  const ask = async (options: object): Promise<string> => {
    const chunks = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'user', content }],
      stream: true,
      ...options,
    });
    let text = '';
    for await (const chunk of chunks) text += chunk.choices[0]?.delta.content ?? '';
    return text;
  };
  await ask({ stream_options: { include_usage: true } });
  capture.drain();
  expect([capture.calls[0]?.usageQuality, asked]).toEqual(['reported', 0]);
  const text = await ask({});
  capture.drain();
  // Four tokens frame a message, three the answer.
  expect(capture.calls[1]).toMatchObject({ usageQuality: 'estimated', usage: { input: content.length + 7, output: text.length } });
});
