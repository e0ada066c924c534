import type { WireRequest } from '../wire/index.ts';
import { findHostKind } from './hosts.ts';
import { openAi } from './openai/open-ai.ts';
import { pinecone } from './pinecone/pinecone.ts';
import type { Operation, Provider } from './provider.ts';

/** Providers with a form of their own; every other kind speaks like OpenAI. */
const PROVIDERS: Readonly<Record<string, Provider>> = { pinecone };
const GUESSED: readonly Provider[] = [pinecone, openAi];

export type Found = {
  readonly operation: Operation;
  /** False when only the path spoke: the body must confirm it. */
  readonly isCertain: boolean;
};

/** Finds which provider's call a request is: by the app's own settings, by host, else by an unmistakable path. */
export function findOperation(request: WireRequest, settings: Readonly<Record<string, string>>): Found | undefined {
  const kind = findSetting(request.host, settings) ?? findHostKind(request.host);
  if (kind !== undefined) {
    const operation = (PROVIDERS[kind] ?? openAi).findOperation(request, kind);
    return operation && { operation, isCertain: true };
  }
  for (const provider of GUESSED) {
    const operation = provider.guessOperation(request);
    if (operation) return { operation, isCertain: false };
  }
  return undefined;
}

function findSetting(host: string, settings: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(settings, host)) return settings[host];
  const portStart = host.lastIndexOf(':');
  const name = portStart === -1 ? host : host.slice(0, portStart);
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}
