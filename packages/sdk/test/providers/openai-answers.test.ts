import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/providers/index.ts';
import { type Call, readCall } from './support/read-call.ts';

const CHAT = { id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] };
const RESPONSE = { id: 'resp_1', object: 'response', status: 'completed', model: 'gpt-5-2025-08-07' };

/** Answers in the forms that OpenAI and Azure give, with where and when a form was seen if it is not OpenAI's own of today. */
const ANSWERS: readonly (readonly [string, Call, Partial<Reading>])[] = [
  [
    'OpenAI adds up what its tools used (types of openai 7.55, 2026-11)',
    {
      request: 'POST https://api.openai.com/v1/responses',
      answer: {
        ...RESPONSE,
        output: [
          { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'a' } },
          { id: 'ws_2', type: 'web_search_call', status: 'completed', action: { type: 'open_page', url: 'b' } },
        ],
        tool_usage: {
          image_gen: {
            input_tokens: 20,
            input_tokens_details: { image_tokens: 0, text_tokens: 20 },
            output_tokens: 1056,
            total_tokens: 1076,
          },
          web_search: { num_requests: 1 },
        },
        tools: [{ type: 'web_search', search_context_size: 'medium' }],
        usage: {
          input_tokens: 300,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: 40,
          output_tokens_details: { reasoning_tokens: 0 },
        },
      },
    },
    { usage: { input: 300, output: 40, imageInput: 20, imageOutput: 1056, webSearches: 1 }, attributes: { searchContextSize: 'medium' } },
  ],
  [
    'before that its items were to be counted (2025-09)',
    {
      request: 'POST https://api.openai.com/v1/responses',
      body: { model: 'gpt-5', input: 'a', tools: [{ type: 'web_search', search_context_size: 'low' }] },
      answer: {
        ...RESPONSE,
        output: [
          { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'a' } },
          { type: 'web_search_call', id: 'ws_2', status: 'completed', action: { type: 'search', query: 'b' } },
          { type: 'web_search_call', id: 'ws_3', status: 'completed', action: { type: 'open_page', url: 'b' } },
          { type: 'web_search_call', id: 'ws_4', status: 'failed', action: { type: 'search', query: 'c' } },
          { id: 'fs_1', type: 'file_search_call', status: 'completed', queries: ['a'], results: null },
          { type: 'message', content: [{ type: 'output_text', text: '{"type":"web_search_call","status":"completed"}' }] },
        ],
        usage: { input_tokens: 300, output_tokens: 40 },
      },
    },
    { usage: { input: 300, output: 40, webSearches: 2, fileSearches: 1 }, attributes: { searchContextSize: 'low' } },
  ],
  [
    'models for searching search with each call (2025-09)',
    {
      request: 'POST https://api.openai.com/v1/chat/completions',
      body: { model: 'gpt-4o-mini-search-preview', messages: [], web_search_options: { search_context_size: 'high' } },
      answer: { ...CHAT, model: 'gpt-4o-mini-search-preview-2025-03-11', usage: { prompt_tokens: 9, completion_tokens: 90 } },
    },
    { usage: { input: 9, output: 90, webSearches: 1 }, attributes: { searchContextSize: 'high' } },
  ],
  [
    'Azure names its region in the head of an answer',
    {
      request: 'POST https://acme.openai.azure.com/openai/deployments/ours/chat/completions',
      headers: { 'x-ms-region': 'East US 2' },
      answer: { ...CHAT, model: 'gpt-4o-2024-11-20', usage: { prompt_tokens: 3, completion_tokens: 2 } },
    },
    { model: 'gpt-4o-2024-11-20', region: 'East US 2', usage: { input: 3, output: 2 } },
  ],
  [
    'older answers with images tell no parts of the output (2025-04)',
    {
      request: 'POST https://api.openai.com/v1/images/generations',
      body: { model: 'gpt-image-1', prompt: 'a', size: 'auto' },
      answer: {
        created: 1,
        data: [{ b64_json: '' }],
        usage: { input_tokens: 50, input_tokens_details: { text_tokens: 10, image_tokens: 40 }, output_tokens: 50, total_tokens: 100 },
      },
    },
    { usage: { input: 10, imageInput: 40, imageOutput: 50, images: 1 } },
  ],
  [
    'a batch whose usage nobody has added up waits for its results',
    {
      request: 'GET https://api.openai.com/v1/batches/batch_1',
      answer: {
        id: 'batch_1',
        status: 'completed',
        output_file_id: 'file-1',
        usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
      },
    },
    { resultsId: 'file-1', usage: undefined },
  ],
  [
    'a batch of which nothing was done came to nothing',
    {
      request: 'GET https://api.openai.com/v1/batches/batch_1',
      answer: { id: 'batch_1', status: 'expired', output_file_id: null, usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 } },
    },
    { usage: { input: 0 } },
  ],
  [
    'a diarized transcript tells its length beside its tokens (types of openai 7.55, 2026-11)',
    {
      request: 'POST https://api.openai.com/v1/audio/transcriptions',
      answer: {
        task: 'transcribe',
        duration: 27.4,
        text: 'a',
        segments: [],
        usage: { type: 'tokens', input_tokens: 274, input_token_details: { audio_tokens: 270, text_tokens: 4 }, output_tokens: 66 },
      },
    },
    { usage: { input: 4, audioInput: 270, output: 66 } },
  ],
];

describe('answers of OpenAI', () => {
  test.each(ANSWERS)('%s', (_name, call, expected) => {
    const reading = readCall(call);
    expect(reading).toMatchObject(expected);
    if (expected.usage) expect(reading.usage).toEqual(expected.usage);
  });
});
