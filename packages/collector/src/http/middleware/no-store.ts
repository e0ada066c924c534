import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from '../app-env.ts';

/** Keeps every answer out of caches that does not ask to be in one, as files of the dashboard do. */
export function noStore(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  };
}
