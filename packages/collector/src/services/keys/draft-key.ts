import { createApiKey, maskApiKey, type CreatedApiKey, type Scope } from '@llmobserve/protocol';

import { hashKey } from './hash-key.ts';

/** A row of `api_keys`, ready to be written; the key itself is not in it. */
export type NewApiKey = {
  readonly id: string;
  readonly name: string;
  readonly environment: string | undefined;
  readonly scopes: readonly Scope[];
  readonly keyHash: Buffer;
  readonly prefix: string;
  readonly last4: string;
  readonly createdBy: string | undefined;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | undefined;
};

export type DraftKeyDeps = {
  readonly randomBytes: (length: number) => Uint8Array;
  readonly randomUuid: () => string;
  readonly clock: { nowMs(): number };
};

export type KeyWish = Pick<NewApiKey, 'name' | 'environment' | 'scopes' | 'createdBy' | 'expiresAtMs'>;

/** Makes a key: the row that the store keeps, and the only answer that ever shows it. */
export function draftKey(deps: DraftKeyDeps, wish: KeyWish): { readonly row: NewApiKey; readonly shown: CreatedApiKey } {
  const key = createApiKey(deps.randomBytes);
  const row: NewApiKey = { ...wish, ...maskApiKey(key), id: deps.randomUuid(), keyHash: hashKey(key), createdAtMs: deps.clock.nowMs() };
  const shown: CreatedApiKey = {
    id: row.id,
    key,
    prefix: row.prefix,
    last4: row.last4,
    name: row.name,
    ...(row.environment === undefined ? {} : { environment: row.environment }),
    scopes: row.scopes,
    createdAt: new Date(row.createdAtMs).toISOString(),
    ...(row.expiresAtMs === undefined ? {} : { expiresAt: new Date(row.expiresAtMs).toISOString() }),
  };
  return { row, shown };
}
