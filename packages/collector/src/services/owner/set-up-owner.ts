import type { CreatedApiKey, Session } from '@llmobserve/protocol';

import { draftKey, type DraftKeyDeps, type NewApiKey } from '../keys/draft-key.ts';
import { ProblemError } from '../problem-error.ts';

export type OwnerWish = { readonly name: string; readonly email: string; readonly password: string; readonly timeZone: string };
export type OwnerSetUp = { readonly session: Session; readonly apiKey: CreatedApiKey };
export type SetUpOwner = (wish: OwnerWish) => Promise<OwnerSetUp>;

/** Rows of the first owner; `undefined` comes back when somebody has an account already. */
export type InsertFirstOwner = (owner: {
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly passwordHash: string | undefined;
  readonly workspace: Session['workspace'];
  readonly memberId: string;
  readonly accountId: string;
  readonly key: NewApiKey | undefined;
  readonly createdAtMs: number;
}) => Promise<Session['workspace'] | undefined>;

export type SetUpOwnerDeps = DraftKeyDeps & {
  readonly hasUsers: () => Promise<boolean>;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly insertFirstOwner: InsertFirstOwner;
};

/**
 * Makes the first account of a collector: its owner, their workspace and its first key.
 *
 * @throws {ProblemError} `conflict` when somebody has an account already, also when two try at the same moment.
 */
export async function setUpOwner(deps: SetUpOwnerDeps, wish: OwnerWish): Promise<OwnerSetUp> {
  // Asked before the password is hashed, so that a collector in use spends nothing on strangers.
  if (await deps.hasUsers()) throw alreadySetUp();
  const user = { id: deps.randomUuid(), name: wish.name, email: wish.email.toLowerCase() };
  const key = draftKey(deps, {
    name: 'First key',
    environment: undefined,
    scopes: ['ingest', 'read'],
    createdBy: user.id,
    expiresAtMs: undefined,
  });
  const workspace = await deps.insertFirstOwner({
    user,
    passwordHash: await deps.hashPassword(wish.password),
    workspace: { id: deps.randomUuid(), name: `${wish.name}'s workspace`, timeZone: wish.timeZone },
    memberId: deps.randomUuid(),
    accountId: deps.randomUuid(),
    key: key.row,
    createdAtMs: deps.clock.nowMs(),
  });
  if (!workspace) throw alreadySetUp();
  return { session: { user, workspace, role: 'owner' }, apiKey: key.shown };
}

function alreadySetUp(): ProblemError {
  return new ProblemError('conflict', 'This collector has an owner already. Sign in, or ask them to invite you.');
}
