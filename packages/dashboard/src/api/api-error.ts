import type { Problem, ProblemCode } from '@llmobserve/protocol';

/** An answer other than 2xx, or none at all; its texts are written for the person at the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ProblemCode | 'unreachable' | 'unreadable';
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(
    failure: Pick<ApiError, 'code' | 'status'> & { readonly detail: string; readonly requestId?: string },
    options?: ErrorOptions,
  ) {
    super(failure.detail, options);
    this.code = failure.code;
    this.status = failure.status;
    this.requestId = failure.requestId;
  }

  /** True when signing in is what helps. */
  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

/** Reads a problem answer; a proxy's own error page is none, and says so. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiError({ code: body.code, status: response.status, detail: body.detail, requestId: body.requestId });
  const message = messageOf(body);
  return new ApiError({ code: 'unreadable', status: response.status, detail: message ?? `The collector answered ${response.status}.` });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && typeof body.detail === 'string';
}

/** The sign-in routes answer `{ message }` instead of a problem. */
function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}
