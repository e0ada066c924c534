import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as z from 'zod';

const SIGN_IN_LINK_PATH = '/sign-in/link';

/** Where a link's token stands among better-auth's verifications, which it hashes at rest. */
export function linkIdentifier(token: string): string {
  return `sign-in-link:${token}`;
}

/** Lets a person in who opens a link, once; of two who open it at the same time one gets in. */
export function signInLink() {
  return {
    id: 'sign-in-link',
    endpoints: {
      redeemSignInLink: createAuthEndpoint(
        SIGN_IN_LINK_PATH,
        { method: 'GET', query: z.object({ token: z.string().min(1).max(200) }), requireHeaders: true },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const link = await internalAdapter.consumeVerificationValue(linkIdentifier(ctx.query.token));
          const user = link && (await internalAdapter.findUserById(link.value));
          if (!user) throw new APIError('UNAUTHORIZED', { message: 'This link was used before, or is too old.' });
          const session = await internalAdapter.createSession(user.id);
          await setSessionCookie(ctx, { session, user });
          throw ctx.redirect('/');
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
