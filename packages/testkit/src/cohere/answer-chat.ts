import type { JsonRecord } from '@llmobserve/protocol';
import {
  countTexts,
  hashOf,
  jsonAnswer,
  linesAnswer,
  listOf,
  numberOf,
  planOutput,
  recordOf,
  streamAnswer,
  writePieces,
  writeTypedEvent,
} from '../providers/index.ts';
import type { Answer, TellUsage } from '../providers/index.ts';
import { metaOf } from './answer-units.ts';

/** What is counted is more than what is billed: Cohere's own preamble is free. */
const PREAMBLE_TOKENS = 60;

/** Answers `POST /v2/chat`, whole or as a stream. */
export function answerChat(members: JsonRecord, tell: TellUsage): Answer {
  const { hash, words, usage } = planChat(
    members,
    listOf(members['messages']).map((message) => recordOf(message)['content']),
  );
  const id = `chat-${hash.toString(36)}`;
  const content = [{ type: 'text', text: words.join('') }];
  if (members['stream'] !== true) {
    return jsonAnswer(200, { id, finish_reason: 'COMPLETE', message: { role: 'assistant', content }, ...tell({ usage }) });
  }
  const started = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
  const events = [
    { id, type: 'message-start', delta: { message: started } },
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
    ...words.map((text) => ({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
    { type: 'content-end', index: 0 },
    { type: 'message-end', id, delta: { finish_reason: 'COMPLETE', ...tell({ usage }) } },
  ];
  const failed = { type: 'message-end', id, delta: { finish_reason: 'ERROR', error: 'The fake Cohere gave up.' } };
  return streamAnswer(events.map(writeTypedEvent), writeTypedEvent(failed));
}

/** Answers `POST /v1/chat`, which streams one JSON object a line. */
export function answerOldChat(members: JsonRecord, tell: TellUsage): Answer {
  const { hash, words, usage } = planChat(members, members['message']);
  const id = hash.toString(36);
  const response = {
    response_id: `resp-${id}`,
    generation_id: `gen-${id}`,
    text: words.join(''),
    finish_reason: 'COMPLETE',
    ...tell({ meta: metaOf(usage) }),
  };
  if (members['stream'] !== true) return jsonAnswer(200, response);
  const events = [
    { is_finished: false, event_type: 'stream-start', generation_id: response.generation_id },
    ...words.map((text) => ({ is_finished: false, event_type: 'text-generation', text })),
    { is_finished: true, event_type: 'stream-end', response, finish_reason: 'COMPLETE' },
  ];
  const failed = { is_finished: true, event_type: 'stream-end', finish_reason: 'ERROR', error: 'gave up' };
  return linesAnswer('application/stream+json', events, failed);
}

type ChatPlan = { readonly hash: number; readonly words: readonly string[]; readonly usage: JsonRecord };

function planChat(members: JsonRecord, texts: unknown): ChatPlan {
  const hash = hashOf(JSON.stringify(members));
  const input = countTexts(texts);
  const output = planOutput(hash, numberOf(members['max_tokens']));
  const usage = {
    billed_units: { input_tokens: input, output_tokens: output },
    tokens: { input_tokens: input + PREAMBLE_TOKENS, output_tokens: output + 1 },
  };
  return { hash, words: writePieces(hash, output), usage };
}
