import type { Usage } from '@llmobserve/protocol';
import type { Reading, Seen } from '../provider.ts';
import { findLastText } from '../read-members.ts';

/** A search among the answer's items, up to the kind of its action. */
const SEARCH = /\{([^{}]*"type":\s*"(web|file)_search_call"[^{}]*)(?:\{\s*"type":\s*"(\w+)")?/g;
const ID = /"id":\s*"([^"]*)"/;
const COMPLETED = /"status":\s*"completed"/;

/** Adds the searches that OpenAI bills by the call, as far as the answer does not add them up itself, as it does since 2026-04 at the latest. */
export function completeResponse(reading: Reading, seen: Seen): Reading {
  const { usage } = reading;
  if (!usage) return reading;
  const searches = countSearches(seen.isWhole ? seen.head : seen.head + seen.tail);
  return usage.webSearches === undefined && Object.keys(searches).length === 0 ? reading : withSearches(reading, seen, searches);
}

/** Adds searches, and how much of the web they were to read. */
export function withSearches(reading: Reading, { tail, request }: Seen, searches: Usage): Reading {
  const name = 'search_context_size';
  const searchContextSize = findLastText(tail, name) ?? findLastText(request.text, name);
  return {
    ...reading,
    usage: { ...reading.usage, ...searches },
    ...(searchContextSize !== undefined && { attributes: { searchContextSize } }),
  };
}

function countSearches(text: string): Usage {
  const counted = new Set<string>();
  const counts: Record<string, number> = {};
  if (!text.includes('_search_call"')) return counts;
  for (const [, item = '', tool, action = 'search'] of text.matchAll(SEARCH)) {
    const id = ID.exec(item)?.[1] ?? item;
    const isTold = tool === 'web' && text.includes('"tool_usage"');
    // A stream tells each several times; one that failed is not billed, nor is opening a page that was found.
    if (isTold || counted.has(id) || action !== 'search' || !COMPLETED.test(item)) continue;
    counted.add(id);
    counts[`${tool}Searches`] = (counts[`${tool}Searches`] ?? 0) + 1;
  }
  return counts;
}
