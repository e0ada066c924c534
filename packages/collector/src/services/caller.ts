import type { Scope, Session } from '@llmobserve/protocol';

import type { KeyGrant } from '../queries/index.ts';

export type Role = Session['role'];

/** A program that came with a key. */
export type KeyCaller = KeyGrant & { readonly kind: 'key' };

/** A person who is signed in. */
export type MemberCaller = Session & { readonly kind: 'member' };

/** Who asks; the only source of the workspace that anything is read from or written to. */
export type Caller = KeyCaller | MemberCaller;

const SCOPES_OF_ROLE = {
  owner: ['read', 'admin'],
  admin: ['read', 'admin'],
  member: ['read'],
  viewer: ['read'],
} as const satisfies Record<Role, readonly Scope[]>;

/** What the key carries, or the role includes; only keys ingest. */
export function scopesOf(caller: Caller): readonly Scope[] {
  return caller.kind === 'key' ? caller.scopes : SCOPES_OF_ROLE[caller.role];
}
