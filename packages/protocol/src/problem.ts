/** Every reason an answer other than 2xx can carry, with its status. */
export const PROBLEM_STATUS = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_query: 400,
  unsupported_time_zone: 400,
  invalid_key: 401,
  not_signed_in: 401,
  missing_scope: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  body_too_large: 413,
  too_many_events: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  quota_exceeded: 429,
  internal: 500,
  overloaded: 503,
  store_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** Body of every answer other than 2xx, as `application/problem+json` (RFC 9457). */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  readonly [extra: string]: unknown;
};
