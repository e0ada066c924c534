import type { Hono, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

import { ProblemError } from '../../services/index.ts';
import type { AppEnv } from '../app-env.ts';

type Routes = Hono<AppEnv>['routes'];

/** Says which methods a path knows to whoever comes with another one. */
export function refuseOtherMethods(app: Pick<Hono<AppEnv>, 'routes'>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const allow = matchedRoutes(c).some(isOneThing) ? '' : methodsAt(app.routes, c.req.path);
    if (allow !== '') throw new ProblemError('method_not_allowed', `This path knows ${allow}.`, { extra: { allow } });
    await next();
  };
}

/** Middleware holds for all methods, and the pages' route for all paths that are nothing else. */
function isOneThing({ method, path }: Routes[number]): boolean {
  return method !== 'ALL' && path !== '/*';
}

function methodsAt(routes: Routes, asked: string): string {
  const known = routes.filter((route) => isOneThing(route) && isAt(route.path, asked)).map(({ method }) => method);
  return [...new Set(known.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
}

function isAt(template: string, asked: string): boolean {
  const [parts, given] = [template.split('/'), asked.split('/')];
  return parts.length === given.length && parts.every((part, index) => part.startsWith(':') || part === given[index]);
}
