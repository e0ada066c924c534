import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';

import { ProblemError } from '../services/index.ts';
import { readJson } from './read-json.ts';

/** Enough for every form of ours. */
const MAX_FORM_BYTES = 64_000;

/**
 * Reads a small JSON body of a known shape; unknown members are left out.
 *
 * @throws {ProblemError} `invalid_body` with the member's name, and all of `readJson`.
 */
export async function readObject<T>(incoming: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(await readJson(incoming, { maxBytes: MAX_FORM_BYTES }));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const member = issue?.path.join('.') ?? '';
  throw new ProblemError('invalid_body', `${member === '' ? 'The body' : member}: ${issue?.message ?? 'not understood'}`, {
    extra: { member },
  });
}
