import type { Index } from '@pinecone-database/pinecone';
import { section } from 'llmobserve';
import type OpenAI from 'openai';
import { HANDBOOK } from './handbook.ts';

const EMBEDDING_MODEL = 'text-embedding-3-small';

export type KnowledgeDeps = { readonly openai: OpenAI; readonly index: Index };

/** What the assistant knows, searched by meaning; each tenant has a namespace of its own. */
export type Knowledge = {
  /** The pages nearest to the question, nearest first. */
  search(tenantId: string, question: string): Promise<readonly string[]>;
};

export function createKnowledge(deps: KnowledgeDeps): Knowledge {
  const filled = new Map<string, Promise<void>>();
  return {
    search: async (tenantId, question) => {
      // The first question of a tenant fills its namespace, once, however many come at the same time.
      const filling = filled.get(tenantId) ?? section('onboarding', () => fillNamespace(deps, tenantId));
      filled.set(tenantId, filling);
      await filling.catch((error: unknown) => {
        filled.delete(tenantId);
        throw error;
      });
      return findPages(deps, tenantId, question);
    },
  };
}

async function fillNamespace({ openai, index }: KnowledgeDeps, tenantId: string): Promise<void> {
  const { data } = await openai.embeddings.create({ model: EMBEDDING_MODEL, input: [...HANDBOOK] });
  const records = data.map(({ index: page, embedding }) => ({
    id: `page-${page}`,
    values: embedding,
    metadata: { text: HANDBOOK[page] ?? '' },
  }));
  await index.namespace(tenantId).upsert({ records });
}

async function findPages({ openai, index }: KnowledgeDeps, tenantId: string, question: string): Promise<readonly string[]> {
  const { data } = await openai.embeddings.create({ model: EMBEDDING_MODEL, input: question });
  const vector = data[0]?.embedding ?? [];
  const { matches } = await index.namespace(tenantId).query({ vector, topK: 3, includeMetadata: true });
  return matches.map((match) => String(match.metadata?.['text'] ?? ''));
}
