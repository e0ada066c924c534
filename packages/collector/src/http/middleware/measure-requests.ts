import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

import type { AppEnv } from '../app-env.ts';
import type { Services } from '../services.ts';

/** Counts every answer by its route, never by its path: ids in paths would make a series each. */
export function measureRequests({ metrics, clock }: Pick<Services, 'metrics' | 'clock'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedMs = clock.nowMs();
    await next();
    const durationMs = Math.max(0, clock.nowMs() - startedMs);
    metrics.noteRequest({ method: c.req.method, route: routePath(c, -1), status: c.res.status, durationMs });
  };
}
