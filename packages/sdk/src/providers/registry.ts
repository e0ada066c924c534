import type { WireRequest } from '../wire/index.ts';
import { anthropic, vertexAnthropic } from './anthropic/anthropic.ts';
import { google, googleInteractions } from './google/google.ts';
import { bedrock } from './bedrock/bedrock.ts';
import { cohere } from './cohere/cohere.ts';
import { findHostKind } from './hosts.ts';
import { ollama } from './ollama/ollama.ts';
import { openAi, vertexMistral } from './openai/open-ai.ts';
import { pinecone } from './pinecone/pinecone.ts';
import type { Operation, Provider } from './provider.ts';
import { vectorStores } from './vector-stores/vector-stores.ts';

/** Most hosts speak like OpenAI, and many of them like Anthropic too. */
const COMMON: readonly Provider[] = [openAi, anthropic];
/** Providers with forms of their own. */
const FORMS: Readonly<Record<string, readonly Provider[]>> = {
  pinecone: [pinecone],
  qdrant: [vectorStores],
  weaviate: [vectorStores],
  chroma: [vectorStores],
  turbopuffer: [vectorStores],
  ollama: [ollama, openAi],
  google: [google, googleInteractions, openAi],
  cohere: [cohere, openAi],
  bedrock: [bedrock, openAi, anthropic],
  vertex: [google, googleInteractions, vertexAnthropic, vertexMistral, openAi],
};
const GUESSED: readonly Provider[] = [
  pinecone,
  vectorStores,
  anthropic,
  google,
  googleInteractions,
  vertexAnthropic,
  vertexMistral,
  bedrock,
  cohere,
  ollama,
  openAi,
];

export type Found = {
  readonly operation: Operation;
  /** False when only the path spoke: the body must confirm it. */
  readonly isCertain: boolean;
};

/** Finds which provider's call a request is: by the app's own settings, by host, else by an unmistakable path. */
export function findOperation(asked: WireRequest, settings: Readonly<Record<string, string>>): Found | undefined {
  const { path } = asked;
  const request = path.endsWith('/') ? { ...asked, path: path.slice(0, -1) } : asked;
  const kind = findKind(request.host, settings);
  const forms = kind === undefined ? GUESSED : (FORMS[kind] ?? COMMON);
  for (const form of forms) {
    const operation = kind === undefined ? form.guessOperation(request) : form.findOperation(request, kind);
    if (operation) return { operation, isCertain: kind !== undefined };
  }
  return undefined;
}

/** Whether a host is a provider's, by the app's own settings or by its name. */
export function isProviderHost(host: string, settings: Readonly<Record<string, string>>): boolean {
  return findKind(host, settings) !== undefined;
}

function findKind(host: string, settings: Readonly<Record<string, string>>): string | undefined {
  return findSetting(host, settings) ?? findHostKind(host);
}

function findSetting(host: string, settings: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(settings, host)) return settings[host];
  const portStart = host.lastIndexOf(':');
  const name = portStart === -1 ? host : host.slice(0, portStart);
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}
