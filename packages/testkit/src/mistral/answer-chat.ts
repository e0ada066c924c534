import type { JsonRecord } from '@llmobserve/protocol';
import {
  countTexts,
  hashOf,
  jsonAnswer,
  listOf,
  numberOf,
  planOutput,
  recordOf,
  streamAnswer,
  textOf,
  writeEvent,
  writePieces,
} from '../providers/index.ts';
import type { Answer, TellUsage } from '../providers/index.ts';

const CREATED_S = 1_790_000_000;

/** Answers chat, fill-in-the-middle and agents, whole or as a stream with its usage in the last chunk. */
export function answerChat(members: JsonRecord, tell: TellUsage): Answer {
  const hash = hashOf(JSON.stringify(members));
  const input = countTexts([members['prompt'], members['suffix'], ...listOf(members['messages']).map((each) => recordOf(each)['content'])]);
  const output = planOutput(hash, numberOf(members['max_tokens']));
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
  };
  const head = { id: hash.toString(16), model: textOf(members['model']) ?? 'mistral-large-2512', created: CREATED_S };
  const words = writePieces(hash, output);
  if (members['stream'] !== true) {
    const message = { role: 'assistant', content: words.join(''), tool_calls: null, prefix: false };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return jsonAnswer(200, { ...head, object: 'chat.completion', choices, ...tell({ usage }) });
  }
  const chunk = (delta: JsonRecord, end: JsonRecord = {}, finish: string | null = null): string =>
    writeEvent({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }], ...end });
  const pieces = [
    chunk({ role: 'assistant', content: '' }),
    ...words.map((content) => chunk({ content })),
    chunk({ content: '' }, tell({ usage }), 'stop'),
    'data: [DONE]\n\n',
  ];
  return streamAnswer(pieces, writeEvent({ object: 'error', error: { message: 'overloaded', type: 'service_unavailable' } }));
}
