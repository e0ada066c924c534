import { PROBLEM_STATUS, type ProblemCode } from '@llmobserve/protocol';

export type ProblemOptions = ErrorOptions & {
  /** Further members of the answer, such as `limits` or `parameter`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
};

/** An answer we meant to give. Anything else that is thrown is a bug and becomes a 500. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, message: string, options: ProblemOptions = {}) {
    super(message, options);
    this.code = code;
    this.extra = options.extra ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): (typeof PROBLEM_STATUS)[ProblemCode] {
    return PROBLEM_STATUS[this.code];
  }
}

/** What someone without a valid key is told: the same for none, malformed, unknown and revoked. */
export function invalidKey(): ProblemError {
  return new ProblemError('invalid_key', 'Send a valid key as `Authorization: Bearer llmo_sk_…`.');
}

/** What a missing thing, and a thing of someone else, is answered with. */
export function notFound(): ProblemError {
  return new ProblemError('not_found', 'There is nothing here.');
}

/** A parameter of the query string that cannot be used, by name. */
export function invalidQuery(parameter: string, reason: string): ProblemError {
  return new ProblemError('invalid_query', `${parameter}: ${reason}`, { extra: { parameter } });
}
