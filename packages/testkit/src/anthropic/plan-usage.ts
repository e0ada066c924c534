import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, hashOf, listOf, numberOf, planOutput, recordOf, textOf, type BoundedMap } from '../providers/index.ts';

/** The tokens of one message, in Anthropic's own counting: the input leaves out what the cache read or wrote. */
export type MessageUsage = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly thinking: number;
  readonly webSearches: number;
};

/** Prompts up to a mark, as the cache remembers them. */
export type PromptCache = BoundedMap<true>;

/** Decides a message's tokens from its request alone: one per word in, the asked limit (else 8 to 40 by hash) out. */
export function planUsage(members: JsonRecord, cache: PromptCache): MessageUsage {
  const blocks = listBlocks(members);
  const marked = blocks.findLastIndex((block) => 'cache_control' in block);
  const prefix = blocks.slice(0, marked + 1);
  const prefixWords = countBlocks(prefix);
  const key = hashOf(JSON.stringify(prefix)).toString();
  const isKnown = cache.get(key) ?? false;
  if (marked >= 0) cache.set(key, true);
  const isLong = recordOf(blocks[marked]?.['cache_control'])['ttl'] === '1h';
  const thinking = recordOf(members['thinking'])['type'] === 'enabled' ? 24 : 0;
  const limit = numberOf(members['max_tokens']) ?? Number.POSITIVE_INFINITY;
  return {
    input: countBlocks(blocks.slice(marked + 1)),
    cacheRead: isKnown ? prefixWords : 0,
    cacheWrite5m: isKnown || isLong ? 0 : prefixWords,
    cacheWrite1h: !isKnown && isLong ? prefixWords : 0,
    output: Math.min(limit, thinking + planOutput(hashOf(JSON.stringify(members)))),
    thinking,
    webSearches: listOf(members['tools']).filter((tool) => textOf(recordOf(tool)['type'])?.startsWith('web_search_')).length,
  };
}

/** Words that a request asks the model to read. */
export function countInput(members: JsonRecord): number {
  return countBlocks(listBlocks(members));
}

/** The parts of a prompt in the order in which they are cached: tools, system, messages. */
function listBlocks(members: JsonRecord): readonly JsonRecord[] {
  const messages = listOf(members['messages']).map((message) => recordOf(message)['content']);
  const tools = listOf(members['tools']).map(recordOf);
  return [...tools, ...[members['system'], ...messages].flatMap(blocksOf)];
}

function blocksOf(content: unknown): readonly JsonRecord[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content).map(recordOf);
}

function countBlocks(blocks: readonly JsonRecord[]): number {
  return blocks.reduce((sum, block) => sum + countBlock(block), 0);
}

function countBlock(block: JsonRecord): number {
  const own = countTexts([block['text'], block['name'], block['description'], textOf(block['content'])]);
  return own + countBlocks(listOf(block['content']).map(recordOf));
}
