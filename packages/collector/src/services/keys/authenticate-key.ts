import { isApiKey } from '@llmobserve/protocol';

import type { KeyGrant } from '../../queries/index.ts';
import type { KeyCaller } from '../caller.ts';
import { invalidKey, ProblemError } from '../problem-error.ts';
import type { KeyCache } from './create-key-cache.ts';
import { hashKey } from './hash-key.ts';

export type AuthenticateKeyDeps = {
  readonly cache: KeyCache;
  readonly findKey: (hash: Buffer) => Promise<KeyGrant | undefined>;
  /** Counts the keys an address tried that nobody was issued. */
  readonly unknownKeys: {
    take(address: string): Promise<{ readonly retryAfterSeconds: number } | undefined>;
    giveBack(address: string): Promise<void>;
  };
  /** Notes that a key was used; returns at once. */
  readonly noteUse: (grant: KeyGrant) => void;
  readonly clock: { nowMs(): number };
};

export type PresentedKey = { readonly key: string | undefined; readonly address: string };

/**
 * Finds out whose key this is.
 *
 * @throws {ProblemError} `invalid_key`, the same for none, malformed, unknown, revoked and expired; `rate_limited` for an address that guesses.
 */
export async function authenticateKey(deps: AuthenticateKeyDeps, { key, address }: PresentedKey): Promise<KeyCaller> {
  if (key === undefined || !isApiKey(key)) throw invalidKey();
  const hash = hashKey(key);
  const name = hash.toString('base64');
  const find = deps.cache.knows(name) ? () => deps.findKey(hash) : () => lookUp(deps, hash, address);
  const grant = await deps.cache.find(name, find);
  if (!grant || (grant.expiresAtMs !== undefined && grant.expiresAtMs <= deps.clock.nowMs())) throw invalidKey();
  deps.noteUse(grant);
  return { ...grant, kind: 'key' };
}

/**
 * Takes a try before the question is asked, so that a thousand guesses at once are counted as a thousand.
 *
 * Not for keys that are in use: behind a proxy everybody has its address, and one who guesses would shut all others out.
 */
async function lookUp(deps: AuthenticateKeyDeps, hash: Buffer, address: string): Promise<KeyGrant | undefined> {
  const refusal = await deps.unknownKeys.take(address);
  if (refusal) throw new ProblemError('rate_limited', 'Too many unknown keys came from this address. Wait and try again.', refusal);
  const grant = await deps.findKey(hash);
  if (grant) await deps.unknownKeys.giveBack(address);
  return grant;
}
