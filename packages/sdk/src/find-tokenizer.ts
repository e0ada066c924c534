import type { FindTokenizer, Tokenizer } from './capture/index.ts';
import { inBackground } from './in-background.ts';

/** The tokenizer of OpenAI's models since gpt-4o, as an app may have installed it. */
const PEER = ['gpt-tokenizer', 'encoding', 'o200k_base'];

/**
 * Finds the tokenizer `gpt-tokenizer` where the app has installed it. It is loaded by the first estimate, which does not
 * wait for it: its tables take a tenth of a second.
 */
export function findTokenizer(): FindTokenizer {
  let tokenizer: Tokenizer | undefined;
  let isAsked = false;
  return () => {
    if (!isAsked)
      inBackground(
        loadTokenizer().then((loaded) => (tokenizer = loaded)),
        () => undefined,
      );
    isAsked = true;
    return tokenizer;
  };
}

async function loadTokenizer(): Promise<Tokenizer | undefined> {
  // In pieces: Turbopack follows a name through its variable, and fails the build where it is not installed (Next 16.4, seen 2026-11-20).
  const loaded: unknown = await import(PEER.join('/'));
  if (!(typeof loaded === 'object' && loaded !== null && 'countTokens' in loaded)) return undefined;
  const count = loaded.countTokens;
  if (typeof count !== 'function') return undefined;
  // A text that only looks like a control token is a text.
  return (text) => Number(Reflect.apply(count, undefined, [text, { disallowedSpecial: new Set() }]));
}
