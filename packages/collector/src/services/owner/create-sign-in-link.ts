import type { InsertFirstOwner } from './set-up-owner.ts';

export type SignInLinkDeps = {
  readonly randomUuid: () => string;
  readonly clock: { nowMs(): number };
  readonly findFirstUser: () => Promise<{ readonly id: string } | undefined>;
  readonly insertFirstOwner: InsertFirstOwner;
  readonly createLink: (userId: string) => Promise<string>;
};

const DEMO_OWNER = { name: 'Demo owner', email: 'demo@localhost.localdomain' };

/** Makes the path of a link that signs in once as the first user, who is made when there is none. */
export async function createSignInLink(deps: SignInLinkDeps): Promise<string> {
  const token = await deps.createLink(await firstUserId(deps));
  return `/sign-in/link?token=${encodeURIComponent(token)}`;
}

async function firstUserId(deps: SignInLinkDeps): Promise<string> {
  const known = await deps.findFirstUser();
  if (known) return known.id;
  const id = deps.randomUuid();
  const workspace = await deps.insertFirstOwner({
    user: { ...DEMO_OWNER, id },
    passwordHash: undefined,
    workspace: { id: deps.randomUuid(), name: 'Demo', timeZone: 'UTC' },
    memberId: deps.randomUuid(),
    accountId: deps.randomUuid(),
    key: undefined,
    createdAtMs: deps.clock.nowMs(),
  });
  // Somebody set the collector up in this very moment: the link is for them.
  return workspace ? id : firstUserId(deps);
}
