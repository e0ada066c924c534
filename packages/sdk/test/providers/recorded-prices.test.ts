import { describe, expect, test } from 'vitest';
import { priceRecorded, readRecorded, type Recorded } from './support/read-recorded.ts';

const OPENAI = 'POST https://api.openai.com/v1';
const RESPONSE = { id: 'resp_1', object: 'response', status: 'completed', model: 'gpt-5-2025-08-07', output: [] };
const chat = (model: string, usage: object): object => ({ id: 'c', model, choices: [{ message: { content: 'a' } }], usage });

/** From the bytes of an answer to the dollars of that day, worked out by hand. */
const CALLS: readonly (readonly [string, Recorded, string])[] = [
  [
    'a response that ran out of room, served with flex: 200 × 0.625 + 100 × 0.0625 + 40 × 5',
    {
      to: `${OPENAI}/responses`,
      answer: {
        ...RESPONSE,
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        service_tier: 'flex',
        usage: {
          input_tokens: 300,
          input_tokens_details: { cached_tokens: 100 },
          output_tokens: 40,
          output_tokens_details: { reasoning_tokens: 40 },
        },
      },
    },
    '0.000331250000',
  ],
  [
    'the same as a stream, served with priority: 300 × 2.5 + 40 × 20',
    {
      to: `${OPENAI}/responses`,
      answer: [
        { type: 'response.created', response: { ...RESPONSE, status: 'in_progress', service_tier: 'auto' } },
        { type: 'response.output_text.delta', delta: 'a' },
        {
          type: 'response.incomplete',
          response: { ...RESPONSE, status: 'incomplete', service_tier: 'priority', usage: { input_tokens: 300, output_tokens: 40 } },
        },
      ],
    },
    '0.001550000000',
  ],
  [
    'a prompt that was written to the cache: 1000 × 4 + 2000 × 5 + 40 × 20',
    {
      to: `${OPENAI}/responses`,
      answer: {
        ...RESPONSE,
        model: 'gpt-5.6-sol',
        usage: { input_tokens: 3000, input_tokens_details: { cached_tokens: 0, cache_write_tokens: 2000 }, output_tokens: 40 },
      },
    },
    '0.014800000000',
  ],
  [
    'sound in and out: 32 × 2.5 + 150 × 32 + 50 × 10 + 200 × 64',
    {
      to: `${OPENAI}/chat/completions`,
      answer: chat('gpt-audio-2025-08-28', {
        prompt_tokens: 182,
        prompt_tokens_details: { audio_tokens: 150, text_tokens: 32 },
        completion_tokens: 250,
        completion_tokens_details: { audio_tokens: 200, text_tokens: 50 },
      }),
    },
    '0.018180000000',
  ],
  [
    'an edited picture, half from the cache: 20 × 5 + 20 × 1.25 + 30 × 8 + 30 × 2 + 272 × 30',
    {
      to: `${OPENAI}/images/edits`,
      asked: { model: 'gpt-image-2', prompt: 'a' },
      answer: {
        data: [{ b64_json: '' }],
        usage: {
          input_tokens: 100,
          input_tokens_details: {
            text_tokens: 40,
            image_tokens: 60,
            cached_tokens: 50,
            cached_tokens_details: { text_tokens: 20, image_tokens: 30 },
          },
          output_tokens: 272,
        },
      },
    },
    '0.008585000000',
  ],
  [
    'a fine-tuned model: 1000 × 0.3 + 100 × 1.2',
    {
      to: `${OPENAI}/chat/completions`,
      answer: chat('ft:gpt-4o-mini-2024-07-18:acme::a', { prompt_tokens: 1000, completion_tokens: 100 }),
    },
    '0.000420000000',
  ],
  [
    'speech as events: 16 × 0.6 + 101 × 12',
    {
      to: `${OPENAI}/audio/speech`,
      asked: { model: 'gpt-4o-mini-tts', voice: 'a', input: 'a' },
      answer: [
        { type: 'speech.audio.delta', audio: 'A'.repeat(30_000) },
        { type: 'speech.audio.done', usage: { input_tokens: 16, output_tokens: 101, total_tokens: 117 } },
      ],
    },
    '0.001221600000',
  ],
  [
    'a transcript as events: 14 × 6 + 45 × 10',
    {
      to: `${OPENAI}/audio/transcriptions`,
      asked: { model: 'gpt-4o-transcribe', file: '' },
      answer: [
        { type: 'transcript.text.delta', delta: 'a' },
        {
          type: 'transcript.text.done',
          text: 'a',
          usage: { type: 'tokens', input_tokens: 14, input_token_details: { audio_tokens: 14 }, output_tokens: 45 },
        },
      ],
    },
    '0.000534000000',
  ],
  [
    'a transcript by the second, which tells its exact length besides: 9 ÷ 60 × 0.006',
    {
      to: `${OPENAI}/audio/transcriptions`,
      asked: { model: 'whisper-1' },
      answer: { duration: 8.47, text: 'a', usage: { type: 'duration', seconds: 9 } },
    },
    '0.000900000000',
  ],
  [
    'a batch that expired with a part of its work done: 1000 × 1.25 + 100 × 5',
    {
      to: 'GET https://api.openai.com/v1/batches/batch_1',
      answer: {
        id: 'batch_1',
        status: 'expired',
        model: 'gpt-4o-2024-08-06',
        output_file_id: 'file-1',
        usage: { input_tokens: 1000, output_tokens: 100 },
      },
    },
    '0.001750000000',
  ],
  [
    "DeepSeek's peak: 72 × 1.32 + 128 × 0.044 + 300 × 3.96",
    {
      to: 'POST https://api.deepseek.com/chat/completions',
      answer: chat('deepseek-v4-pro', {
        prompt_tokens: 200,
        completion_tokens: 300,
        total_tokens: 500,
        prompt_cache_hit_tokens: 128,
        prompt_cache_miss_tokens: 72,
        completion_tokens_details: { reasoning_tokens: 250 },
      }),
    },
    '0.001288672000',
  ],
  [
    'Groq, which tells a usage twice: 1000 × 0.59 + 10 × 0.79',
    {
      to: 'POST https://api.groq.com/openai/v1/chat/completions',
      answer: [
        { id: 'c', model: 'llama-3.3-70b-versatile', choices: [{ delta: { content: 'a' } }], x_groq: { id: 'r' } },
        {
          id: 'c',
          model: 'llama-3.3-70b-versatile',
          choices: [],
          x_groq: { id: 'r', usage: { prompt_tokens: 1000, completion_tokens: 10 } },
          usage: { prompt_tokens: 1000, completion_tokens: 10 },
        },
      ],
    },
    '0.000597900000',
  ],
  [
    "Groq's whisper, ten seconds at least: 10 ÷ 3600 × 0.111",
    {
      to: 'POST https://api.groq.com/openai/v1/audio/transcriptions',
      asked: { model: 'whisper-large-v3' },
      answer: { duration: 3.2, text: 'a', x_groq: { id: 'r' } },
    },
    '0.000308333333',
  ],
  [
    "Moonshot's hits: 26 × 0.95 + 64 × 0.16 + 7 × 4",
    {
      to: 'POST https://api.moonshot.ai/v1/chat/completions',
      answer: chat('kimi-k2.6', { prompt_tokens: 90, completion_tokens: 7, total_tokens: 97, cached_tokens: 64 }),
    },
    '0.000062940000',
  ],
  [
    'Cerebras: 1000 × 0.35 + 100 × 0.75',
    {
      to: 'POST https://api.cerebras.ai/v1/chat/completions',
      answer: chat('gpt-oss-120b', { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 }),
    },
    '0.000425000000',
  ],
];

describe('from bytes to dollars', () => {
  test.each(CALLS)('%s', (_name, recorded, expected) => {
    const call = readRecorded(recorded);
    expect(call && priceRecorded(call)).toBe(expected);
    expect(call?.usageQuality).toBe('reported');
  });

  test('a region of OpenAI is told', () => {
    const to = 'POST https://eu.api.openai.com/v1/responses';
    expect(readRecorded({ to, answer: { ...RESPONSE, usage: { input_tokens: 1, output_tokens: 1 } } })?.region).toBe('eu');
  });
});
