import type { MiddlewareHandler } from 'hono';

import type { AppEnv } from '../app-env.ts';

/** Names the request, so that an answer, a log line and a question about them can be brought together. */
export function requestId(randomUuid: () => string): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const id = randomUuid();
    c.set('requestId', id);
    await next();
    c.res.headers.set('X-Request-Id', id);
  };
}
