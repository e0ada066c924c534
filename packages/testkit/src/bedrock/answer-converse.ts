import type { JsonRecord } from '@llmobserve/protocol';
import { hashOf, jsonAnswer, listOf, recordOf, splitWords, writeJsonFor, writeWords, type Answer } from '../providers/index.ts';
import type { BedrockUsage } from './plan-usage.ts';
import { writeEvent, writeException } from './write-frame.ts';

export type ConverseTold = { readonly usage: BedrockUsage; readonly omitsUsage: boolean; readonly tier: string | undefined };

export const STREAM_HEADERS = { 'content-type': 'application/vnd.amazon.eventstream' };

/** Answers `POST /model/…/converse`. */
export function answerConverse(members: JsonRecord, told: ConverseTold): Answer {
  const content = writeContent(members, told.usage);
  const stopReason = 'toolUse' in (content[0] ?? {}) ? 'tool_use' : 'end_turn';
  return jsonAnswer(200, { output: { message: { role: 'assistant', content } }, stopReason, ...endOf(told) });
}

/** Answers `POST /model/…/converse-stream`: the usage stands in the last event. */
export function streamConverse(members: JsonRecord, told: ConverseTold): Answer {
  const content = writeContent(members, told.usage);
  const pieces = [
    writeEvent('messageStart', { p: 'ab', role: 'assistant' }),
    ...content.flatMap(writeBlock),
    writeEvent('messageStop', { p: 'abcdef', stopReason: 'toolUse' in (content[0] ?? {}) ? 'tool_use' : 'end_turn' }),
    writeEvent('metadata', { ...endOf(told), p: 'abcd' }),
  ];
  return { status: 200, headers: STREAM_HEADERS, pieces, errorPiece: writeException('modelStreamErrorException') };
}

function writeContent(members: JsonRecord, { output }: BedrockUsage): readonly JsonRecord[] {
  const hash = hashOf(JSON.stringify(members['messages'] ?? ''));
  const spec = recordOf(recordOf(listOf(recordOf(members['toolConfig'])['tools'])[0])['toolSpec']);
  const hasAnswer = JSON.stringify(listOf(members['messages']).at(-1) ?? '').includes('"toolResult"');
  if (!('name' in spec) || hasAnswer) return [{ text: writeWords(hash, output).join(' ') }];
  const input = writeJsonFor(recordOf(spec['inputSchema'])['json'], hash);
  return [{ toolUse: { toolUseId: `tooluse_${hash.toString(36)}`, name: spec['name'], input } }];
}

function writeBlock(block: JsonRecord, index: number): readonly Buffer[] {
  const place = { contentBlockIndex: index };
  const tool = recordOf(block['toolUse']);
  if ('name' in tool) {
    return [
      writeEvent('contentBlockStart', { ...place, start: { toolUse: { toolUseId: tool['toolUseId'], name: tool['name'] } } }),
      writeEvent('contentBlockDelta', { ...place, delta: { toolUse: { input: JSON.stringify(tool['input']) } } }),
      writeEvent('contentBlockStop', place),
    ];
  }
  const words = splitWords(String(block['text']));
  const deltas = words.map((text) => writeEvent('contentBlockDelta', { ...place, delta: { text }, p: 'abcdefgh' }));
  return [...deltas, writeEvent('contentBlockStop', { ...place, p: 'ab' })];
}

function endOf({ usage, omitsUsage, tier }: ConverseTold): JsonRecord {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
  const cacheDetails = [
    { ttl: '1h', inputTokens: cacheWrite1h },
    { ttl: '5m', inputTokens: cacheWrite5m },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return {
    metrics: { latencyMs: 12 },
    ...(omitsUsage
      ? {}
      : {
          usage: {
            inputTokens: input,
            outputTokens: output,
            totalTokens: input + output + cacheRead + cacheWrite5m + cacheWrite1h,
            cacheReadInputTokens: cacheRead,
            cacheWriteInputTokens: cacheWrite5m + cacheWrite1h,
            cacheDetails,
          },
        }),
    ...(tier === undefined ? {} : { serviceTier: { type: tier } }),
  };
}
