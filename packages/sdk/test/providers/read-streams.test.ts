import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/providers/index.ts';
import { openAiReader } from '../../src/providers/openai/open-ai-reader.ts';
import { readStream } from '../../src/providers/read-answer.ts';
import { readSse } from '../../src/wire/index.ts';

const CHUNK = '"id":"chatcmpl-9","object":"chat.completion.chunk","created":1,"model":"gpt-4o-2024-08-06"';

function chat(...payloads: readonly string[]): Reading {
  return readStream({ first: payloads, last: payloads, tail: payloads.join('\n\n') }, openAiReader);
}

describe('a chat stream', () => {
  test('tells its usage in a chunk of its own before the end', () => {
    expect(
      chat(
        `{${CHUNK},"service_tier":"auto","choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}`,
        `{${CHUNK},"service_tier":"flex","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}`,
        '[DONE]',
      ),
    ).toEqual({ model: 'gpt-4o-2024-08-06', responseId: 'chatcmpl-9', serviceTier: 'flex', usage: { input: 9, output: 2 } });
  });

  test('of Azure begins with a chunk that names no model', () => {
    const filters = '{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[]}';
    expect(chat(filters, `{${CHUNK},"choices":[]}`).model).toBe('gpt-4o-2024-08-06');
  });

  test('of Groq tells its usage in a member of its own', () => {
    expect(chat(`{${CHUNK},"choices":[],"x_groq":{"id":"r","usage":{"prompt_tokens":3,"completion_tokens":4}}}`).usage).toEqual({
      input: 3,
      output: 4,
    });
  });

  test('of OpenRouter tells its own cost', () => {
    const cost = (value: string) =>
      chat(`{${CHUNK},"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"cost":${value}}}`).reportedCostUsd;
    expect(cost('0.00014')).toBe('0.00014');
    expect(cost('1e-7')).toBe('0.000000100000');
    expect(cost('"free"')).toBeUndefined();
  });

  test('that tells its usage with every chunk is read by the last', () => {
    const chunk = (output: number) => `{${CHUNK},"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":${output}}}`;
    expect(chat(chunk(1), chunk(2), chunk(3)).usage).toEqual({ input: 5, output: 3 });
  });

  test('that is left while it tells its usage with every chunk has told a part', () => {
    const chunk = (output: number) =>
      `{${CHUNK},"choices":[{"finish_reason":null}],"usage":{"prompt_tokens":5,"completion_tokens":${output}}}`;
    expect(chat(chunk(1), chunk(2))).toMatchObject({ usage: undefined, usageSoFar: { input: 5, output: 2 } });
  });

  test('of Moonshot tells its usage inside its choice', () => {
    const usage = '"usage":{"prompt_tokens":19,"completion_tokens":13,"cached_tokens":10}';
    const end = `{${CHUNK},"choices":[{"index":0,"delta":{},"finish_reason":"stop",${usage}}]}`;
    expect(chat(`{${CHUNK},"choices":[]}`, end, '[DONE]').usage).toEqual({ input: 9, cachedInput: 10, output: 13 });
  });

  test('that ends in an error tells its code', () => {
    expect(chat(`{${CHUNK},"choices":[]}`, '{"error":{"message":"overloaded","type":"server_error","code":null}}')).toMatchObject({
      errorCode: 'server_error',
    });
  });

  test('whose words speak of usage and errors is not taken in', () => {
    const words = JSON.stringify({ choices: [{ index: 0, delta: { content: '{"usage":{"prompt_tokens":1},"error":{"code":"no"}}' } }] });
    expect(chat(`{${CHUNK},${words.slice(1)}`)).toEqual({ model: 'gpt-4o-2024-08-06', responseId: 'chatcmpl-9' });
  });

  test('split at any byte is read alike', () => {
    const text = `data: {${CHUNK},"choices":[{"delta":{"content":"zwölf"}}]}\r\n\r\ndata: {${CHUNK},"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}\n\ndata: [DONE]\n\n`;
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const joined = Buffer.concat([bytes.subarray(0, cut), bytes.subarray(cut)]).toString('utf8');
      expect(chat(...readSse({ text: joined, startsWhole: true, isEnd: true })).usage).toEqual({ input: 9, output: 2 });
    }
  });
});

const RESPONSE = '"id":"resp_1","object":"response","model":"gpt-5-2025-08-07","background":false';

function responses(last: readonly string[], tail = last.join('\n\n')): Reading {
  const first = [`{"type":"response.created","response":{${RESPONSE},"status":"in_progress","usage":null}}`];
  return readStream({ first, last, tail }, openAiReader);
}

describe('a stream of a response', () => {
  test('ends with the whole response', () => {
    const usage =
      '"usage":{"input_tokens":3,"input_tokens_details":{"cached_tokens":1},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":4}}';
    expect(
      responses([`{"type":"response.completed","response":{${RESPONSE},"status":"completed","service_tier":"priority",${usage}}}`]),
    ).toEqual({
      model: 'gpt-5-2025-08-07',
      responseId: 'resp_1',
      serviceTier: 'priority',
      usage: { input: 2, cachedInput: 1, output: 3, reasoning: 4 },
    });
  });

  test('whose last event is too long to be kept is read by its end', () => {
    const tools = '"tool_usage":{"image_gen":{"output_tokens":0},"web_search":{"num_requests":2}}';
    const tail = `of a very long text"}]}],"service_tier":"flex",${tools},"usage":{"input_tokens":3,"output_tokens":7},"metadata":{}}}\n\n`;
    const usage = { input: 3, output: 7, webSearches: 2 };
    expect(responses([], tail)).toMatchObject({ responseId: 'resp_1', serviceTier: 'flex', usage });
  });

  test('that fails tells its code', () => {
    expect(
      responses([`{"type":"response.failed","response":{${RESPONSE},"status":"failed","error":{"code":"server_error","message":"x"}}}`])
        .errorCode,
    ).toBe('server_error');
    expect(responses(['{"type":"error","code":"rate_limit_exceeded","message":"x"}']).errorCode).toBe('rate_limit_exceeded');
    expect(responses(['{"type":"error","error":{"code":"rate_limit_exceeded"}}']).errorCode).toBe('rate_limit_exceeded');
  });

  test('left early is unfinished only when it goes on in the background', () => {
    expect(responses(['{"type":"response.output_text.delta","delta":"x"}']).progress).toBeUndefined();
    const first = ['{"type":"response.created","response":{"id":"resp_2","status":"queued","background":true}}'];
    const begun = readStream({ first, last: [], tail: '' }, openAiReader);
    expect(begun).toMatchObject({ progress: 'unfinished', isBackground: true });
  });
});
