import type { Problem, ProblemCode } from '@llmobserve/protocol';
import type { Context } from 'hono';

import type { AppEnv } from './app-env.ts';
import { problemOf } from './problem-of.ts';
import type { ProblemError } from '../services/index.ts';

const TITLES = {
  invalid_json: 'Not JSON',
  invalid_body: 'Body not understood',
  invalid_query: 'Query not understood',
  unsupported_time_zone: 'Time zone not supported here',
  invalid_key: 'Key not valid',
  not_signed_in: 'Not signed in',
  missing_scope: 'Key lacks a scope',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflict',
  body_too_large: 'Body too large',
  too_many_events: 'Too many events',
  unsupported_media_type: 'Media type not supported',
  rate_limited: 'Too many requests',
  quota_exceeded: 'Quota exceeded',
  internal: 'Internal error',
  overloaded: 'Too busy',
  store_unavailable: 'Store unavailable',
} as const satisfies Record<ProblemCode, string>;

export type AnswerProblemDeps = { readonly log: { error(fields: object, message: string): void } };

/** Turns whatever was thrown into `application/problem+json`; only here, so that nothing inside can leak. */
export function answerProblem(deps: AnswerProblemDeps, error: unknown, c: Context<AppEnv>): Response {
  const problem = problemOf(error);
  const requestId = c.get('requestId') ?? '';
  if (problem.status >= 500) deps.log.error({ err: error, requestId, path: c.req.path }, problem.message);
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
  if (problem.retryAfterSeconds !== undefined) headers['Retry-After'] = String(problem.retryAfterSeconds);
  if (typeof problem.extra['allow'] === 'string') headers['Allow'] = problem.extra['allow'];
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer';
  return c.body(JSON.stringify(problemBody(problem, requestId)), problem.status, headers);
}

function problemBody(problem: ProblemError, requestId: string): Problem {
  return {
    ...problem.extra,
    type: `urn:llmobserve:problem:${problem.code}`,
    title: TITLES[problem.code],
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    requestId,
  };
}
