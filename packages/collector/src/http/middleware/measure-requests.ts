import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

import type { AppEnv } from '../app-env.ts';
import type { Services } from '../services.ts';

/** Counts every answer by its route, never by its path: ids in paths would make a series each. */
export function measureRequests({ metrics, clock }: Pick<Services, 'metrics' | 'clock'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedMs = clock.nowMs();
    await next();
    const durationMs = Math.max(0, clock.nowMs() - startedMs);
    // Middleware holds for all methods, and the pages' own route matches everything after the others.
    const route = matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? 'none';
    metrics.noteRequest({ method: methodOf(c.req.method), route, status: c.res.status, durationMs });
  };
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A caller may invent methods; a series each would be theirs to make. */
function methodOf(method: string): string {
  return METHODS.has(method) ? method : 'other';
}
