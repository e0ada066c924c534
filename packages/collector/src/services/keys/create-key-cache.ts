import type { KeyGrant } from '../../queries/index.ts';

const MAX_KEYS = 10_000;
/** Revocations elsewhere are to be felt within 5 s; the rest is for the request itself. */
const MAX_AGE_MS = 4_000;

export type KeyCache = {
  /** True for a key that was good when the store was last asked, however long ago. */
  knows(hash: string): boolean;
  /** The grant of a key by its hash, from memory or through `load`; `undefined` for a key that was never issued or is revoked. */
  find(hash: string, load: () => Promise<KeyGrant | undefined>): Promise<KeyGrant | undefined>;
  /** Forgets a key at once, also one that is being loaded at this moment. */
  forget(keyId: string): void;
};

type Entry = { readonly grant: KeyGrant; readonly staleAtMs: number };

/** Keeps grants for a moment, so that a batch does not cost a question to the store; unknown keys are never kept. */
export function createKeyCache(clock: { nowMs(): number }): KeyCache {
  const entries = new Map<string, Entry>();
  const loading = new Map<string, Promise<KeyGrant | undefined>>();
  let forgotten = 0;

  const fresh = (hash: string): KeyGrant | undefined => {
    const entry = entries.get(hash);
    return entry && entry.staleAtMs > clock.nowMs() ? entry.grant : undefined;
  };

  const loadOnce = async (hash: string, load: () => Promise<KeyGrant | undefined>): Promise<KeyGrant | undefined> => {
    const forgottenBefore = forgotten;
    const grant = await load();
    // What was read before a revocation may still say that the key is good.
    if (!grant) entries.delete(hash);
    else if (forgotten === forgottenBefore) keep(entries, hash, { grant, staleAtMs: clock.nowMs() + MAX_AGE_MS });
    return grant;
  };

  return {
    knows: (hash) => entries.has(hash),
    find: async (hash, load) => {
      const known = fresh(hash);
      if (known) return known;
      const running = loading.get(hash);
      if (running) return running;
      const started = loadOnce(hash, load).finally(() => {
        if (loading.get(hash) === started) loading.delete(hash);
      });
      loading.set(hash, started);
      return started;
    },
    forget: (keyId) => {
      forgotten += 1;
      loading.clear();
      for (const [hash, entry] of entries) if (entry.grant.keyId === keyId) entries.delete(hash);
    },
  };
}

function keep(entries: Map<string, Entry>, hash: string, entry: Entry): void {
  entries.delete(hash);
  entries.set(hash, entry);
  const [oldest] = entries.keys();
  if (entries.size > MAX_KEYS && oldest !== undefined) entries.delete(oldest);
}
