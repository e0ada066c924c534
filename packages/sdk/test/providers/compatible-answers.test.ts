import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/providers/index.ts';
import { type Call, readCall } from './support/read-call.ts';

const CHAT = { id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] };

/** Answers in the forms that compatible hosts give, with where and when a form was seen if it is not OpenAI's own of today. */
const ANSWERS: readonly (readonly [string, Call, Partial<Reading>])[] = [
  [
    'OpenRouter bills by its own cost (answers of 2026-03)',
    {
      request: 'POST https://openrouter.ai/api/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'deepseek/deepseek-v3.1-terminus',
        usage: {
          prompt_tokens: 10_427,
          completion_tokens: 264,
          cost: 0.0033789,
          is_byok: false,
          cost_details: { upstream_inference_cost: 0.0033789 },
        },
      },
    },
    { reportedCostUsd: '0.0033789', usage: { input: 10_427, output: 264 } },
  ],
  [
    'with an own key behind OpenRouter, the provider behind bills besides',
    {
      request: 'POST https://openrouter.ai/api/v1/chat/completions',
      answer: {
        ...CHAT,
        usage: { prompt_tokens: 9, completion_tokens: 2, cost: 0.0001, is_byok: true, cost_details: { upstream_inference_cost: 0.002 } },
      },
    },
    { reportedCostUsd: '0.0021' },
  ],
  [
    'xAI tells its bill in ten-billionths of a dollar (docs.x.ai, and an answer of 2026-08)',
    {
      request: 'POST https://api.x.ai/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'grok-4.20',
        usage: {
          prompt_tokens: 32,
          completion_tokens: 9,
          total_tokens: 135,
          completion_tokens_details: { reasoning_tokens: 94 },
          cost_in_usd_ticks: 232_856_000,
        },
      },
    },
    { reportedCostUsd: '0.0232856', usage: { input: 32, output: 9, reasoning: 94 } },
  ],
  [
    'and of a picture nothing else (an answer of 2026-08)',
    {
      request: 'POST https://api.x.ai/v1/images/generations',
      body: { model: 'grok-imagine', n: 2 },
      answer: { data: [{ mime_type: 'image/jpeg' }, {}], usage: { cost_in_usd_ticks: 400_000_000 } },
    },
    { reportedCostUsd: '0.04', usage: { images: 2 } },
  ],
  [
    'Perplexity tells the sum of its fees (docs.perplexity.ai, 2026-07)',
    {
      request: 'POST https://api.perplexity.ai/chat/completions',
      answer: {
        ...CHAT,
        model: 'sonar-pro',
        usage: {
          prompt_tokens: 24,
          completion_tokens: 2681,
          total_tokens: 2705,
          search_context_size: 'low',
          num_search_queries: null,
          cost: { request_cost: 0.006, total_cost: 0.04629 },
        },
      },
    },
    { reportedCostUsd: '0.04629', usage: { input: 24, output: 2681 }, attributes: { searchContextSize: 'low' } },
  ],
  [
    'and of what it does later once it is done, by the id it was asked for with (docs.perplexity.ai, 2026-11)',
    {
      request: 'GET https://api.perplexity.ai/v1/async/sonar/1',
      answer: {
        id: '1',
        model: 'sonar-deep-research',
        status: 'COMPLETED',
        response: { ...CHAT, usage: { prompt_tokens: 24, completion_tokens: 90, cost: { total_cost: 0.41 } } },
      },
    },
    { responseId: '1', isBackground: true, reportedCostUsd: '0.41', usage: { input: 24, output: 90 } },
  ],
  [
    'of which nothing is known before',
    { request: 'POST https://api.perplexity.ai/v1/async/sonar', answer: { id: '1', model: 'sonar-deep-research', status: 'CREATED' } },
    { responseId: '1', progress: 'unfinished' },
  ],
  [
    'a Perplexity answer without a cost goes by what was asked for (2025)',
    {
      request: 'POST https://api.perplexity.ai/chat/completions',
      body: { model: 'sonar', messages: [], web_search_options: { search_context_size: 'high' } },
      answer: { ...CHAT, model: 'sonar', usage: { prompt_tokens: 14, completion_tokens: 70, total_tokens: 84 } },
    },
    { usage: { input: 14, output: 70 }, attributes: { searchContextSize: 'high' } },
  ],
  [
    'Gemini in the form of OpenAI tells its thoughts by the total alone (mozilla-ai/any-llm 1291, 2026-08)',
    {
      request: 'POST https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
      answer: { ...CHAT, model: 'gemini-2.5-flash', usage: { prompt_tokens: 20, completion_tokens: 151, total_tokens: 553 } },
    },
    { usage: { input: 20, output: 151, reasoning: 382 } },
  ],
  [
    'Groq tells hits as OpenAI does (vercel/ai 17118, 2026-07)',
    {
      request: 'POST https://api.groq.com/openai/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'openai/gpt-oss-120b',
        service_tier: 'on_demand',
        x_groq: { id: 'req_1' },
        usage: {
          queue_time: 0.02,
          prompt_tokens: 4641,
          completion_tokens: 1817,
          total_tokens: 6458,
          prompt_tokens_details: { cached_tokens: 4608 },
          completion_tokens_details: { reasoning_tokens: 250 },
        },
      },
    },
    { serviceTier: 'on_demand', usage: { input: 33, cachedInput: 4608, output: 1567, reasoning: 250 } },
  ],
  [
    'DeepSeek tells hits twice (answers of 2026)',
    {
      request: 'POST https://api.deepseek.com/chat/completions',
      answer: {
        ...CHAT,
        model: 'deepseek-v4-pro',
        usage: {
          prompt_tokens: 200,
          completion_tokens: 30,
          total_tokens: 230,
          prompt_tokens_details: { cached_tokens: 128 },
          prompt_cache_hit_tokens: 128,
          prompt_cache_miss_tokens: 72,
        },
      },
    },
    { usage: { input: 72, cachedInput: 128, output: 30 } },
  ],
  [
    'Fireworks tells hits as OpenAI does (docs.fireworks.ai: the usage is the source of truth, 2026-11)',
    {
      request: 'POST https://api.fireworks.ai/inference/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'accounts/fireworks/models/deepseek-v3p2',
        usage: { prompt_tokens: 500, completion_tokens: 20, total_tokens: 520, prompt_tokens_details: { cached_tokens: 400 } },
      },
    },
    { usage: { input: 100, cachedInput: 400, output: 20 } },
  ],
  [
    'Cerebras speaks as OpenAI does',
    {
      request: 'POST https://api.cerebras.ai/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'gpt-oss-120b',
        usage: { prompt_tokens: 80, completion_tokens: 60, total_tokens: 140, completion_tokens_details: { reasoning_tokens: 40 } },
        time_info: { total_time: 0.1 },
      },
    },
    { usage: { input: 80, output: 20, reasoning: 40 } },
  ],
  [
    'Moonshot tells hits at the top level',
    {
      request: 'POST https://api.moonshot.ai/v1/chat/completions',
      answer: { ...CHAT, model: 'kimi-k2.6', usage: { prompt_tokens: 90, completion_tokens: 7, total_tokens: 97, cached_tokens: 64 } },
    },
    { usage: { input: 26, cachedInput: 64, output: 7 } },
  ],
  [
    'Together reranks by tokens',
    {
      request: 'POST https://api.together.xyz/v1/rerank',
      answer: {
        object: 'rerank',
        id: 'r-1',
        model: 'Salesforce/Llama-Rank-V1',
        results: [],
        usage: { prompt_tokens: 1837, completion_tokens: 0, total_tokens: 1837 },
      },
    },
    { model: 'Salesforce/Llama-Rank-V1', usage: { input: 1837 } },
  ],
  [
    'Together wraps a batch when it is made, and writes its state in capitals (docs.together.ai, 2026-11)',
    {
      request: 'POST https://api.together.xyz/v1/batches',
      answer: { job: { id: '0123', status: 'VALIDATING', model_id: 'm', output_file_id: '' }, warning: '' },
    },
    { responseId: '0123', progress: 'unfinished' },
  ],
  [
    'vLLM and llama.cpp speak as OpenAI does',
    {
      request: 'POST http://127.0.0.1:8000/v1/chat/completions',
      answer: {
        ...CHAT,
        model: 'qwen3-8b',
        usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, prompt_tokens_details: null },
        timings: { prompt_n: 3, predicted_n: 2 },
      },
    },
    { usage: { input: 3, output: 2 } },
  ],
];

describe('answers of hosts that speak like OpenAI', () => {
  test.each(ANSWERS)('%s', (_name, call, expected) => {
    const reading = readCall(call);
    expect(reading).toMatchObject(expected);
    if (expected.usage) expect(reading.usage).toEqual(expected.usage);
  });
});
