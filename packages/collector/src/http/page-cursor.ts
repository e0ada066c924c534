import * as z from 'zod';

import { invalidQuery } from '../services/index.ts';
import { LATEST_MS } from './read-query.ts';

const MAX_CURSOR_LENGTH = 2_000;

/** An instant of a cursor: one that the store can read, whoever wrote the cursor. */
export const cursorInstantMs = z.int().min(0).max(LATEST_MS);

/** Writes where a page ended, as text nobody needs to understand. */
export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * Reads what `writeCursor` wrote.
 *
 * @throws {ProblemError} `invalid_query` for a cursor that did not come from the same list.
 */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  const result = cursor.length <= MAX_CURSOR_LENGTH ? schema.safeParse(parse(cursor)) : undefined;
  if (!result?.success) throw invalidQuery('cursor', 'has to be the nextCursor of the same list');
  return result.data;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
