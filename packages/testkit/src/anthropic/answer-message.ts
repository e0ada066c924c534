import type { JsonRecord } from '@llmobserve/protocol';
import {
  hashOf,
  jsonAnswer,
  listOf,
  recordOf,
  splitWords,
  streamAnswer,
  textOf,
  writeJsonFor,
  writeTypedEvent,
  writeWords,
} from '../providers/index.ts';
import type { Answer } from '../providers/index.ts';
import type { MessageUsage } from './plan-usage.ts';
import { inStreamError } from './refuse.ts';

const DATED: Readonly<Record<string, string>> = {
  'claude-sonnet-4-5': 'claude-sonnet-4-5-20250929',
  'claude-opus-5-5': 'claude-opus-5-5-20260901',
  'claude-haiku-4-5': 'claude-haiku-4-5-20251001',
  'claude-3-5-haiku-latest': 'claude-3-5-haiku-20241022',
};

export type MessageIdentity = { readonly id: string; readonly tier: string };
export type Told = { readonly usage: MessageUsage; readonly omitsUsage: boolean; readonly identity: MessageIdentity };

/** Answers `POST /v1/messages`, whole or as a stream. */
export function answerMessage(members: JsonRecord, told: Told): Answer {
  const message = writeMessage(members, told);
  if (members['stream'] !== true) return jsonAnswer(200, message);
  return streamAnswer(listEvents(message, told).map(writeTypedEvent), inStreamError());
}

/** One whole message in Anthropic's form. */
export function writeMessage(members: JsonRecord, { usage, omitsUsage, identity }: Told): JsonRecord {
  const asked = textOf(members['model']) ?? 'unknown';
  const content = writeContent(members, usage);
  return {
    id: identity.id,
    type: 'message',
    role: 'assistant',
    model: DATED[asked] ?? asked,
    content,
    stop_reason: content.some((block) => block['type'] === 'tool_use') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    ...(omitsUsage ? {} : { usage: usageOf(usage, { tier: identity.tier, speed: members['speed'] }) }),
  };
}

/** The tool that is offered, unless one has answered; else words. */
function writeContent(members: JsonRecord, { output, thinking }: MessageUsage): readonly JsonRecord[] {
  const hash = hashOf(JSON.stringify(members['messages'] ?? ''));
  const said = thinking > 0 ? [{ type: 'thinking', thinking: writeWords(hash, thinking).join(' '), signature: 'c2ln' }] : [];
  const tool = recordOf(listOf(members['tools']).find((each) => 'input_schema' in recordOf(each)));
  const hasAnswer = JSON.stringify(listOf(members['messages']).at(-1) ?? '').includes('"tool_result"');
  if ('name' in tool && !hasAnswer) {
    const input = writeJsonFor(tool['input_schema'], hash);
    return [...said, { type: 'tool_use', id: `toolu_${hash.toString(36)}`, name: tool['name'], input }];
  }
  return [...said, { type: 'text', text: writeWords(hash, output - thinking).join(' '), citations: null }];
}

type Terms = { readonly tier: string; readonly speed: unknown };

function usageOf(usage: MessageUsage, { tier, speed }: Terms): JsonRecord {
  return {
    input_tokens: usage.input,
    cache_creation_input_tokens: usage.cacheWrite5m + usage.cacheWrite1h,
    cache_read_input_tokens: usage.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite5m, ephemeral_1h_input_tokens: usage.cacheWrite1h },
    output_tokens: usage.output,
    output_tokens_details: { thinking_tokens: usage.thinking },
    server_tool_use: usage.webSearches > 0 ? { web_search_requests: usage.webSearches, web_fetch_requests: 0 } : null,
    service_tier: tier,
    inference_geo: 'global',
    ...(speed === undefined ? {} : { speed }),
  };
}

/** As Anthropic sends them: the first event tells the input, the last but one the running totals. */
function listEvents(message: JsonRecord, { usage, omitsUsage }: Told): readonly JsonRecord[] {
  const told = recordOf(message['usage']);
  const begun = { ...message, content: [], stop_reason: null, ...(omitsUsage ? {} : { usage: { ...told, output_tokens: 1 } }) };
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens, output_tokens_details, server_tool_use } =
    told;
  const totals = { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens, output_tokens_details };
  const delta = { stop_reason: message['stop_reason'], stop_sequence: null };
  return [
    { type: 'message_start', message: begun },
    ...listOf(message['content']).flatMap((block, index) => blockEvents(recordOf(block), index)),
    {
      type: 'message_delta',
      delta,
      ...(omitsUsage ? {} : { usage: usage.webSearches > 0 ? { ...totals, server_tool_use } : totals }),
    },
    { type: 'message_stop' },
  ];
}

function blockEvents(block: JsonRecord, index: number): readonly JsonRecord[] {
  const [begun, deltas] = splitBlock(block);
  return [
    { type: 'content_block_start', index, content_block: begun },
    ...(index === 0 ? [{ type: 'ping' }] : []),
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

function splitBlock(block: JsonRecord): readonly [begun: JsonRecord, deltas: readonly JsonRecord[]] {
  if (block['type'] === 'tool_use') {
    const pieces = JSON.stringify(block['input']).match(/[\s\S]{1,8}/gu) ?? [];
    return [{ ...block, input: {} }, pieces.map((partial_json) => ({ type: 'input_json_delta', partial_json }))];
  }
  const name = String(block['type']);
  const words = splitWords(String(block[name]));
  const deltas = words.map((word) => ({ type: `${name}_delta`, [name]: word }));
  const signature = name === 'thinking' ? [{ type: 'signature_delta', signature: block['signature'] }] : [];
  return [{ ...block, [name]: '', ...(name === 'thinking' ? { signature: '' } : {}) }, [...deltas, ...signature]];
}
