import { describe, expect, test } from 'vitest';
import { readChatAsk, readResponseAsk } from '../../src/openai/read-ask.ts';
import type { ReadRequest } from '../../src/providers/index.ts';

function requestOf(members: Readonly<Record<string, unknown>>): ReadRequest {
  const body = Buffer.from(JSON.stringify(members));
  return { method: 'POST', path: '/v1/chat/completions', query: new URLSearchParams(), headers: {}, body, members };
}

const say = (content: unknown, role = 'user') => ({ role, content });
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };
const search = { type: 'function', function: { name: 'search', parameters: { type: 'array' } } };

describe('a chat request', () => {
  test.each<[string, readonly unknown[], number]>([
    ['one text', [say('two words')], 2],
    ['a system text too', [say('be short', 'system'), say('two words')], 4],
    [
      'the texts of its parts',
      [
        say([
          { type: 'text', text: 'one two three' },
          { type: 'image_url', image_url: { url: 'x' } },
        ]),
      ],
      3,
    ],
    ['what a tool was asked', [{ role: 'assistant', content: null, tool_calls: [{ function: { name: 'f', arguments: '{"a": 1}' } }] }], 2],
    ['what a tool has answered', [say('four words of answer', 'tool')], 4],
    ['nothing', [], 0],
  ])('counts %s', (_name, messages, words) => {
    expect(readChatAsk(requestOf({ model: 'gpt-4o', messages })).inputWords).toBe(words);
  });

  test('counts the parts that are audio', () => {
    const audio = { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } };
    const ask = readChatAsk(requestOf({ messages: [say([audio, audio]), say('text')], modalities: ['text', 'audio'] }));
    expect(ask).toMatchObject({ audioParts: 2, wantsAudio: true, inputWords: 1 });
  });

  test.each<[string, object, string | undefined]>([
    ['the first tool unless one is named', { tools: [weather, search] }, 'weather'],
    ['the tool that is named', { tools: [weather, search], tool_choice: search }, 'search'],
    ['no tool when none may be', { tools: [weather], tool_choice: 'none' }, undefined],
    ['no tool when there is none', {}, undefined],
    ['no tool once a tool has answered', { tools: [weather], messages: [say('42', 'tool')] }, undefined],
  ])('calls %s', (_name, members, name) => {
    expect(readChatAsk(requestOf({ messages: [say('hello')], ...members })).tool?.name).toBe(name);
  });

  test.each<[string, Readonly<Record<string, unknown>>, number | undefined]>([
    ['the newer name', { max_completion_tokens: 7, max_tokens: 9 }, 7],
    ['the older name', { max_tokens: 9 }, 9],
    ['none', {}, undefined],
  ])('reads its limit by %s', (_name, members, limit) => {
    expect(readChatAsk(requestOf(members)).outputLimit).toBe(limit);
  });

  test('knows its schema, its effort, and whether it is to be streamed with usage', () => {
    const schema = { type: 'object', properties: {} };
    const members = {
      model: 'gpt-5',
      stream: true,
      stream_options: { include_usage: true },
      reasoning_effort: 'low',
      service_tier: 'flex',
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
    };
    expect(readChatAsk(requestOf(members))).toMatchObject({ isStreamed: true, includesUsage: true, effort: 'low', tier: 'flex', schema });
    expect(readChatAsk(requestOf({ response_format: { type: 'json_object' } })).schema).toEqual({ type: 'object' });
    expect(readChatAsk(requestOf({ response_format: { type: 'text' } })).schema).toBeUndefined();
  });
});

describe('a responses request', () => {
  test.each<[string, object, number]>([
    ['a plain input', { input: 'one two' }, 2],
    ['instructions too', { input: 'one two', instructions: 'be short' }, 4],
    ['items and their parts', { input: [say([{ type: 'input_text', text: 'one two' }]), say('three')] }, 3],
    ['what a function has answered', { input: [{ type: 'function_call_output', output: 'it rains today' }] }, 3],
  ])('counts %s', (_name, members, words) => {
    expect(readResponseAsk(requestOf({ model: 'gpt-4.1', ...members })).inputWords).toBe(words);
  });

  test('has its tools, its effort and its schema in other places than chat', () => {
    const schema = { type: 'object', properties: {} };
    const members = {
      input: 'hello',
      background: true,
      tools: [{ type: 'function', name: 'weather', parameters: {} }],
      reasoning: { effort: 'high' },
      max_output_tokens: 5,
      text: { format: { type: 'json_schema', name: 'x', schema } },
    };
    const ask = readResponseAsk(requestOf(members));
    expect(ask).toMatchObject({ isBackground: true, effort: 'high', outputLimit: 5, schema, tool: { name: 'weather' } });
    const told = [{ type: 'function_call_output', output: '42' }];
    expect(readResponseAsk(requestOf({ ...members, input: told })).tool).toBeUndefined();
  });
});

test('whatever is sent is read without an error', () => {
  for (const members of [
    { messages: 'no list' },
    { messages: [null, 7, 'text'] },
    { tools: [null] },
    { input: { deep: true } },
    { model: 5 },
  ]) {
    expect(readChatAsk(requestOf(members)).inputWords).toBeGreaterThanOrEqual(0);
    expect(readResponseAsk(requestOf(members)).inputWords).toBeGreaterThanOrEqual(0);
  }
});
