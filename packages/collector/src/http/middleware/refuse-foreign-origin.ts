import type { MiddlewareHandler } from 'hono';

import { ProblemError } from '../../services/index.ts';
import type { AppEnv } from '../app-env.ts';
import { isOwnOrigin, type OwnAddress } from '../own-origin.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

const BEARER = /^bearer /i;

/** Refuses changes that a page of another origin asks for in the name of whoever is signed in. */
export function refuseForeignOrigin(own: OwnAddress): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const isChange = !SAFE_METHODS.has(c.req.method);
    // A browser never sends a key on its own, unlike a password for a proxy in front of us, so only cookies and set-ups are at risk.
    const hasKey = BEARER.test(c.req.header('authorization') ?? '');
    if (isChange && !hasKey && !isTrusted(own, c.req.raw.headers)) {
      throw new ProblemError('forbidden', 'This request came from a page of another origin.');
    }
    await next();
  };
}

function isTrusted(own: OwnAddress, headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return isOwnOrigin(own, origin, headers.get('host') ?? undefined);
  // Browsers always name the origin of a change; a program without cookies acts for nobody.
  return headers.get('cookie') === null;
}
