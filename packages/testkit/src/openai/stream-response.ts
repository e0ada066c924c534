import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import { splitWords, writeTypedEvent } from '../providers/index.ts';
import type { ResponseBody } from './answer-response.ts';
import { splitText } from './write-output.ts';

/** Tells a completed response as the events in which OpenAI streams it. */
export function streamResponse(response: ResponseBody): readonly string[] {
  const begun = { ...response, status: 'in_progress', output: [], usage: null };
  const events: readonly JsonRecord[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...response.output.flatMap((item, index) => itemEvents(item, index)),
    { type: 'response.completed', response },
  ];
  return events.map((event, index) => writeTypedEvent({ ...event, sequence_number: index }));
}

function itemEvents(item: object, outputIndex: number): readonly JsonRecord[] {
  const members: JsonRecord = { ...item };
  const place = { item_id: members['id'], output_index: outputIndex };
  return [
    { type: 'response.output_item.added', output_index: outputIndex, item: { ...members, ...beginningOf(members) } },
    ...(members['type'] === 'message' ? textEvents(members, place) : []),
    ...(members['type'] === 'function_call' ? argumentEvents(String(members['arguments']), place) : []),
    { type: 'response.output_item.done', output_index: outputIndex, item },
  ];
}

function beginningOf(item: JsonRecord): JsonRecord {
  if (item['type'] === 'message') return { status: 'in_progress', content: [] };
  return item['type'] === 'function_call' ? { status: 'in_progress', arguments: '' } : {};
}

function textEvents(message: JsonRecord, item: JsonRecord): readonly JsonRecord[] {
  const part: unknown = Array.isArray(message['content']) ? message['content'][0] : undefined;
  const text = isJsonRecord(part) ? String(part['text']) : '';
  const place = { ...item, content_index: 0 };
  const deltas = splitWords(text).map((delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] }));
  return [
    { type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '', annotations: [], logprobs: [] } },
    ...deltas,
    { type: 'response.output_text.done', ...place, text, logprobs: [] },
    { type: 'response.content_part.done', ...place, part },
  ];
}

function argumentEvents(text: string, place: JsonRecord): readonly JsonRecord[] {
  const deltas = splitText(text).map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta }));
  return [...deltas, { type: 'response.function_call_arguments.done', ...place, arguments: text }];
}
