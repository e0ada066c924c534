import type { JsonRecord, Usage } from '@llmobserve/protocol';
import type { Reader } from '../provider.ts';
import { listMembers } from '../read-members.ts';
import { present, quantityIn, recordIn, tokensIn } from '../read-value.ts';

/** What the bodies of reads ask by; those of GET are empty. */
const ASKING = new Set(['topK', 'filter', 'query']);

/** Query, fetch, list and search: Pinecone tells what they used. */
export const readReader: Reader = {
  members: ['usage'],
  readAnswer(answer) {
    const usage = readUnits(recordIn(answer, 'usage'));
    return Object.keys(usage).length > 0 ? { usage } : {};
  },
  isUnmistakable({ text, totalBytes }) {
    return totalBytes === 0 || listMembers(text).some((name) => ASKING.has(name));
  },
};

/** Calls that cost nothing. */
export const freeReader: Reader = { members: [], readAnswer: () => ({}), isUnmistakable: () => true };

/** The data plane writes camel case, the records API snake case; embedding and reranking inside a search are billed beside it. */
function readUnits(usage: JsonRecord): Usage {
  return present<{ readonly readUnits: number; readonly input: number; readonly rerankSearches: number }>({
    readUnits: quantityIn(usage, 'readUnits') ?? quantityIn(usage, 'read_units'),
    input: tokensIn(usage, 'embedTotalTokens') ?? tokensIn(usage, 'embed_total_tokens'),
    rerankSearches: quantityIn(usage, 'rerankUnits') ?? quantityIn(usage, 'rerank_units'),
  });
}
