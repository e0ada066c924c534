import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import { countTexts, hashOf, listOf, numberOf, planOutput, recordOf } from '../providers/index.ts';

/** The tokens of one call in Bedrock's own counting: the input leaves out what the cache read or wrote. */
export type BedrockUsage = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
};

/** Decides a call's tokens from its request alone: one per word in, the asked limit (else 8 to 40 by hash) out. */
export function planUsage(members: JsonRecord): BedrockUsage {
  const config = recordOf(members['inferenceConfig']);
  const limit = numberOf(config['maxTokens'] ?? members['max_tokens'] ?? members['max_gen_len']);
  const output = planOutput(hashOf(JSON.stringify(members)), limit);
  return { input: countMembers(members), cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output };
}

const TEXTS = ['text', 'content', 'prompt', 'inputText', 'system', 'messages', 'texts', 'query', 'documents'];

/** The texts stand in other places for each model's maker. */
function countMembers(value: unknown): number {
  if (Array.isArray(value)) return listOf(value).reduce<number>((sum, each) => sum + countMembers(each), 0);
  if (!isJsonRecord(value)) return countTexts(value);
  return TEXTS.reduce((sum, name) => sum + countMembers(value[name]), 0);
}
