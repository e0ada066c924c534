import type { WireRequest } from '../wire/index.ts';
import { anthropic, vertexAnthropic } from './anthropic/anthropic.ts';
import { google } from './google/google.ts';
import { findHostKind } from './hosts.ts';
import { openAi } from './openai/open-ai.ts';
import { pinecone } from './pinecone/pinecone.ts';
import type { Operation, Provider } from './provider.ts';

/** Most hosts speak like OpenAI, and many of them like Anthropic too. */
const COMMON: readonly Provider[] = [openAi, anthropic];
/** Providers with forms of their own. */
const FORMS: Readonly<Record<string, readonly Provider[]>> = {
  pinecone: [pinecone],
  google: [google, openAi],
  vertex: [vertexAnthropic, google, openAi],
};
const GUESSED: readonly Provider[] = [pinecone, anthropic, google, vertexAnthropic, openAi];

export type Found = {
  readonly operation: Operation;
  /** False when only the path spoke: the body must confirm it. */
  readonly isCertain: boolean;
};

/** Finds which provider's call a request is: by the app's own settings, by host, else by an unmistakable path. */
export function findOperation(request: WireRequest, settings: Readonly<Record<string, string>>): Found | undefined {
  const kind = findSetting(request.host, settings) ?? findHostKind(request.host);
  const forms = kind === undefined ? GUESSED : (FORMS[kind] ?? COMMON);
  for (const form of forms) {
    const operation = kind === undefined ? form.guessOperation(request) : form.findOperation(request, kind);
    if (operation) return { operation, isCertain: kind !== undefined };
  }
  return undefined;
}

function findSetting(host: string, settings: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(settings, host)) return settings[host];
  const portStart = host.lastIndexOf(':');
  const name = portStart === -1 ? host : host.slice(0, portStart);
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}
