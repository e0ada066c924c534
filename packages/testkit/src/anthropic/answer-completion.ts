import type { JsonRecord } from '@llmobserve/protocol';
import { hashOf, jsonAnswer, numberOf, streamAnswer, writeTypedEvent, writeWords, type Answer } from '../providers/index.ts';
import { inStreamError } from './refuse.ts';

/** Answers the legacy `POST /v1/complete`, which tells no usage. */
export function answerCompletion(members: JsonRecord, id: string): Answer {
  const limit = numberOf(members['max_tokens_to_sample']) ?? 32;
  const words = writeWords(hashOf(JSON.stringify(members)), Math.min(limit, 20));
  const head = { type: 'completion', id, model: members['model'] };
  if (members['stream'] !== true) return jsonAnswer(200, { ...head, completion: ` ${words.join(' ')}`, stop_reason: 'stop_sequence' });
  const pieces = words.map((word) => ({ ...head, completion: ` ${word}`, stop_reason: null }));
  const events = [...pieces, { ...head, completion: '', stop_reason: 'stop_sequence' }];
  return streamAnswer(events.map(writeTypedEvent), inStreamError());
}
