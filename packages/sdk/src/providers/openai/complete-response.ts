import { isJsonRecord, type Usage } from '@llmobserve/protocol';
import type { Reading, Seen } from '../provider.ts';
import { findLastObject, findLastText } from '../read-members.ts';

/** Tools that OpenAI runs itself and bills beside the tokens; the units after the first have no price of their own yet. */
const UNITS: Readonly<Record<string, string>> = {
  web_search: 'webSearches',
  file_search: 'fileSearches',
  code_interpreter: 'codeInterpreterCalls',
};
/** A call among the answer's items, up to the kind of its action; one that still runs or failed is not billed. */
const CALL = /\{([^{}]*"type":\s*"(web_search|file_search|code_interpreter)_call"[^{}]*)(?:\{\s*"type":\s*"(\w+)")?/g;
const ID = /"id":\s*"([^"]*)"/;
const COMPLETED = /"status":\s*"completed"/;
const MAX_CALLS = 1_000;

/** Adds what hosted tools used: searches by their number, images by the tokens of the image model. */
export function completeResponse(reading: Reading, seen: Seen): Reading {
  if (!reading.usage) return reading;
  const used: Record<string, number> = countCalls(seen.isWhole ? seen.head : seen.head + seen.tail);
  // Since 2026-03 the answer tells what is billed; opening a page it found is not.
  const searches = figuresOf(seen.tail, 'web_search')['num_requests'];
  if (searches !== undefined) used['webSearches'] = searches;
  const images = figuresOf(seen.tail, 'image_gen');
  used['imageInput'] = images['input_tokens'] ?? 0;
  used['imageOutput'] = images['output_tokens'] ?? 0;
  return withUse(reading, seen, used);
}

function countCalls(text: string): Record<string, number> {
  if (!text.includes('_call"')) return {};
  const ids = new Map<string, string>();
  for (const [, item = '', tool = '', action = 'search'] of text.matchAll(CALL)) {
    if (COMPLETED.test(item) && action === 'search' && ids.size < MAX_CALLS) ids.set(ID.exec(item)?.[1] ?? String(ids.size), tool);
  }
  const used: Record<string, number> = {};
  for (const tool of ids.values()) used[UNITS[tool] ?? tool] = (used[UNITS[tool] ?? tool] ?? 0) + 1;
  return used;
}

function figuresOf(text: string, name: string): Readonly<Record<string, number | undefined>> {
  const found = findLastObject(text, name);
  const figures: Record<string, number> = {};
  if (isJsonRecord(found)) for (const [key, value] of Object.entries(found)) if (typeof value === 'number') figures[key] = value;
  return figures;
}

/** Adds what was used beside the tokens, and how much a search read if there was one. */
export function withUse(reading: Reading, seen: Seen, used: Usage): Reading {
  const counted = Object.fromEntries(Object.entries(used).filter(([, quantity]) => quantity !== undefined && quantity > 0));
  const usage = { ...reading.usage, ...counted };
  return { ...reading, usage, ...(usage.webSearches !== undefined && contextSizeOf(seen)) };
}

/** Finds how much of the web a search was to read: the answer's word, else the request's. */
export function contextSizeOf({ tail, request }: Seen): Pick<Reading, 'attributes'> {
  const name = 'search_context_size';
  const searchContextSize = findLastText(tail, name) ?? findLastText(request.text, name);
  return searchContextSize === undefined ? {} : { attributes: { searchContextSize } };
}
