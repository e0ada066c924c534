import type { NodeMajor } from './runtimes.ts';

/** One client library in one major version. */
export type Client = {
  /** As the table names it. */
  readonly name: string;
  /** Its cases: a file of `cases/`. */
  readonly family: string;
  /** Folder of `clients/` that installs it; absent: the repository's own node_modules have it. */
  readonly folder?: string;
  /** What programs import, and the name under which it is installed. */
  readonly links: Readonly<Record<string, string>>;
  /** What it can do that others of its family cannot. */
  readonly can?: readonly string[];
  /** True for the one of its family that is tried in every load order. */
  readonly isNewest?: boolean;
  readonly oldestNode?: NodeMajor;
};

const RESPONSES = ['responses', 'response helpers'];
const ANTHROPIC = '@anthropic-ai/sdk';
const GENAI = '@google/genai';
const TRACING = '@opentelemetry/sdk-trace-base';
const PINECONE = '@pinecone-database/pinecone';

export const CLIENTS: readonly Client[] = [
  { name: 'openai 7', family: 'openai', links: { openai: 'openai' }, can: RESPONSES, isNewest: true },
  { name: 'openai 6', family: 'openai', folder: 'openai', links: { openai: 'openai-6' }, can: RESPONSES },
  { name: 'openai 5', family: 'openai', folder: 'openai', links: { openai: 'openai-5' }, can: RESPONSES },
  { name: 'openai 4', family: 'openai', links: { openai: 'openai-4' }, can: ['responses'] },
  {
    name: 'pinecone 9',
    family: 'pinecone',
    links: { [PINECONE]: PINECONE },
    can: ['records', 'retries', 'named arguments'],
    isNewest: true,
  },
  {
    name: 'pinecone 7',
    family: 'pinecone',
    folder: 'pinecone',
    links: { [PINECONE]: 'pinecone-7' },
    can: ['records', 'retries', 'named arguments'],
  },
  { name: 'pinecone 6', family: 'pinecone', folder: 'pinecone', links: { [PINECONE]: 'pinecone-6' }, can: ['records'] },
  { name: 'pinecone 5', family: 'pinecone', folder: 'pinecone', links: { [PINECONE]: 'pinecone-5' }, can: ['records'] },
  { name: 'pinecone 3', family: 'pinecone', folder: 'pinecone', links: { [PINECONE]: 'pinecone-3' } },
  { name: 'pinecone 2', family: 'pinecone', folder: 'pinecone', links: { [PINECONE]: 'pinecone-2' } },
  { name: 'anthropic 1', family: 'anthropic', folder: 'anthropic', links: { [ANTHROPIC]: 'anthropic-1' }, isNewest: true },
  { name: 'anthropic 0.90', family: 'anthropic', folder: 'anthropic', links: { [ANTHROPIC]: 'anthropic-0.90' }, can: ['completions'] },
  { name: 'anthropic 0.39', family: 'anthropic', folder: 'anthropic', links: { [ANTHROPIC]: 'anthropic-0.39' }, can: ['completions'] },
  { name: 'genai 3', family: 'google', folder: 'google', links: { [GENAI]: 'genai-3' }, isNewest: true, oldestNode: 22 },
  { name: 'genai 2', family: 'google', folder: 'google', links: { [GENAI]: 'genai-2' } },
  { name: 'genai 1', family: 'google', folder: 'google', links: { [GENAI]: 'genai-1' }, can: ['pictures'] },
  {
    name: 'ai 7',
    family: 'ai',
    folder: 'ai',
    links: { ai: 'ai-7', '@ai-sdk/openai': 'ai-openai-4', [TRACING]: TRACING },
    can: ['maxOutputTokens'],
    oldestNode: 22,
  },
  {
    name: 'ai 5',
    family: 'ai',
    folder: 'ai',
    links: { ai: 'ai-5', '@ai-sdk/openai': 'ai-openai-2', [TRACING]: TRACING },
    can: ['maxOutputTokens', 'spans'],
  },
  { name: 'ai 4', family: 'ai', folder: 'ai', links: { ai: 'ai-4', '@ai-sdk/openai': 'ai-openai-1', [TRACING]: TRACING }, can: ['spans'] },
  {
    name: 'langchain 1',
    family: 'langchain',
    folder: 'langchain',
    links: sameNames('@langchain/openai'),
    oldestNode: 22,
  },
  {
    name: 'llamaindex 0.12',
    family: 'llamaindex',
    folder: 'llamaindex',
    links: sameNames('llamaindex', '@llamaindex/openai'),
  },
  {
    name: 'bedrock 3',
    family: 'bedrock',
    folder: 'bedrock',
    links: sameNames('@aws-sdk/client-bedrock-runtime', '@smithy/node-http-handler'),
  },
  { name: 'cohere 8', family: 'cohere', folder: 'cohere', links: { 'cohere-ai': 'cohere-8' } },
  { name: 'cohere 7', family: 'cohere', folder: 'cohere', links: { 'cohere-ai': 'cohere-7' } },
  { name: 'mistral 2', family: 'mistral', folder: 'mistral', links: { '@mistralai/mistralai': 'mistral-2' } },
  { name: 'mistral 1', family: 'mistral', folder: 'mistral', links: { '@mistralai/mistralai': 'mistral-1' } },
  { name: 'voyage 0.4', family: 'voyage', folder: 'voyage', links: sameNames('voyageai') },
  { name: 'axios 1', family: 'http', folder: 'http', links: sameNames('axios', 'got', 'node-fetch') },
  { name: 'endings 7', family: 'endings', links: { openai: 'openai' }, isNewest: true },
  { name: 'endings 4', family: 'endings', links: { openai: 'openai-4' } },
  { name: 'qdrant 1', family: 'qdrant', folder: 'vectors', links: sameNames('@qdrant/js-client-rest') },
  { name: 'chroma 3', family: 'chroma', folder: 'vectors', links: sameNames('chromadb') },
  { name: 'turbopuffer 2', family: 'turbopuffer', folder: 'vectors', links: sameNames('@turbopuffer/turbopuffer') },
  { name: 'weaviate 3', family: 'weaviate', folder: 'vectors', links: sameNames('weaviate-client'), oldestNode: 22 },
  { name: 'undici 8', family: 'undici', links: { undici: 'undici' }, can: ['H2CClient'], oldestNode: 22 },
  { name: 'undici 7', family: 'undici', folder: 'openai', links: { undici: 'undici-7' }, can: ['H2CClient'] },
  { name: 'undici 6', family: 'undici', folder: 'openai', links: { undici: 'undici-6' } },
];

function sameNames(...names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
