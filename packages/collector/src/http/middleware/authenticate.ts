import type { Scope } from '@llmobserve/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';

import { ProblemError, scopesOf, type Caller } from '../../services/index.ts';
import type { AppEnv } from '../app-env.ts';
import { clientAddress } from '../client-address.ts';
import type { Services } from '../services.ts';

/**
 * Lets in whoever shows a valid key or is signed in, and only if that carries the scope.
 *
 * @throws {ProblemError} `invalid_key`, `not_signed_in` for a session that ended, `missing_scope` or `forbidden`.
 */
export function authenticate(services: Services, scope?: Scope): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const caller = await findCaller(services, c);
    if (scope !== undefined && !scopesOf(caller).includes(scope)) throw refusal(caller, scope);
    c.set('caller', caller);
    await next();
  };
}

function refusal(caller: Caller, scope: Scope): ProblemError {
  if (caller.kind === 'key') return new ProblemError('missing_scope', `This needs a key with the scope ${scope}.`, { extra: { scope } });
  return new ProblemError(
    'forbidden',
    scope === 'ingest' ? 'Events are sent with a key.' : `Your role, ${caller.role}, does not allow this.`,
  );
}

/** Finds out who asks: by key when one is sent, else by session. */
export async function findCaller(services: Services, c: Context<AppEnv>): Promise<Caller> {
  const authorization = c.req.header('authorization');
  const cookie = getCookie(c, services.auth.sessionCookie);
  if (authorization !== undefined || cookie === undefined) {
    return services.authenticateKey({ key: bearerOf(authorization), address: clientAddress(c) });
  }
  const member = await services.findMember(tokenOf(cookie));
  if (!member) throw new ProblemError('not_signed_in', 'Your session has ended. Sign in again.');
  return member;
}

function bearerOf(authorization: string | undefined): string | undefined {
  const [scheme, key, ...more] = (authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && more.length === 0 ? key : undefined;
}

/** The cookie is the token and better-auth's signature; the token alone cannot be guessed, so it alone decides. */
function tokenOf(cookie: string): string {
  return cookie.split('.')[0] ?? '';
}
