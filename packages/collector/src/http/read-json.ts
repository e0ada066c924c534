import type { IncomingMessage } from 'node:http';

import { ProblemError } from '../services/index.ts';
import { readBody, type BodyBounds } from './read-body.ts';

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Reads a body that has to be JSON.
 *
 * @throws {ProblemError} `unsupported_media_type`, `body_too_large`, `invalid_body`, `invalid_json`; or what `bounds.take` throws.
 */
export async function readJson(incoming: IncomingMessage, bounds: BodyBounds = {}): Promise<unknown> {
  if (!JSON_TYPE.test(incoming.headers['content-type'] ?? '')) {
    throw new ProblemError('unsupported_media_type', 'Content-Type has to be application/json.');
  }
  const body = await readBody(incoming, bounds);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProblemError('invalid_json', 'The body is not JSON.');
  }
}
