import { isJsonRecord, type JsonValue } from '@llmobserve/protocol';
import { parseJson } from '../providers/index.ts';
import type { EndedExchange } from './exchange.ts';
import { textsIn } from './measure-output.ts';
import { openBody } from './open-body.ts';
import type { Outcome } from './read-exchange.ts';
import { readPrompt } from './read-prompt.ts';
import { viewRequest } from './view-request.ts';

/** What was said in one call, in words. */
export type CallContent = { readonly input?: string; readonly output?: string; readonly isTruncated: boolean };

/** Makes content an attribute; undefined keeps nothing. */
export type FitContent = (content: CallContent) => JsonValue | undefined;

/** More than this of either side is never kept. */
const MAX_LENGTH = 32_768;
/** Where words stand in a request that was not kept whole, and in an answer that came whole. */
const WORDS = ['content', 'text', 'prompt', 'input', 'arguments', 'refusal', 'reasoning_content', 'thinking', 'outputText', 'completion'];

/** Adds what was said to what a call came to, where somebody asked for it. */
export function withContent<Scope>(
  record: EndedExchange<Scope>,
  outcome: Outcome | undefined,
  fit: FitContent | undefined,
): Outcome | undefined {
  const content = outcome && fit?.(readContent(record));
  if (!outcome || content === undefined) return outcome;
  return { ...outcome, reading: { ...outcome.reading, attributes: { ...outcome.reading.attributes, content } } };
}

function readContent<Scope>({ operation, requestBody, answer }: EndedExchange<Scope>): CallContent {
  const request = viewRequest(requestBody);
  const asked = request.isWhole ? parseJson(request.text) : undefined;
  // Descriptions of tools are no words of anybody's.
  const isRead = isJsonRecord(asked);
  const input = gather(
    isRead ? readPrompt({ ...asked, tools: undefined, functions: undefined }).texts : textsIn(request.text, WORDS),
    '\n',
  );
  const body = answer && openBody(answer);
  const members = body?.isStream ? operation.outputMembers : WORDS;
  const output = gather(textsIn(body?.head ?? '', members ?? []), body?.isStream ? '' : '\n');
  return {
    ...(input.text && { input: input.text }),
    ...(output.text && { output: output.text }),
    isTruncated: input.isCut || output.isCut || !request.isWhole || body?.isWhole === false,
  };
}

function gather(texts: Iterable<string>, separator: string): { readonly text: string; readonly isCut: boolean } {
  let text = '';
  for (const next of texts) {
    text += text && next ? separator + next : next;
    if (text.length > MAX_LENGTH) return { text: text.slice(0, MAX_LENGTH), isCut: true };
  }
  return { text, isCut: false };
}
