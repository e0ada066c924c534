import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from '../app-env.ts';

/** Keeps answers that belong to somebody out of every cache. */
export function noStore(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    c.res.headers.set('Cache-Control', 'no-store');
  };
}
