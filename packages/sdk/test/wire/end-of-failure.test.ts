import { expect, test } from 'vitest';
import { endOfFailure } from '../../src/wire/end-of-failure.ts';

const CANCELLED = { how: 'cancelled' };
const failed = (code: string, wasSent = true): object => ({ how: 'failed', code, wasSent });

test.each<readonly [string, unknown, object]>([
  ['an abort', new DOMException('aborted', 'AbortError'), CANCELLED],
  ["an abort of undici's", Object.assign(new Error('aborted'), { code: 'UND_ERR_ABORTED' }), CANCELLED],
  ["an abort of Node's", Object.assign(new Error('aborted'), { code: 'ABORT_ERR' }), CANCELLED],
  ['an error of the app', new Error('changed my mind'), CANCELLED],
  ['an error of the app with a code of its own', Object.assign(new Error('enough'), { code: 'quota_reached' }), CANCELLED],
  ['a reason that is no error', 'because', CANCELLED],
  ['nothing', undefined, CANCELLED],
  ['a timeout of the app', new DOMException('too slow', 'TimeoutError'), failed('timeout')],
  ['a reset', Object.assign(new Error('reset'), { code: 'ECONNRESET' }), failed('ECONNRESET')],
  ['a closed socket', Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }), failed('UND_ERR_SOCKET')],
  ['a server that speaks no HTTP', Object.assign(new Error('parse'), { code: 'HPE_INVALID_CONSTANT' }), failed('HPE_INVALID_CONSTANT')],
  ['a refusal to connect', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), failed('ECONNREFUSED', false)],
  ['an unknown host', Object.assign(new Error('dns'), { code: 'ENOTFOUND' }), failed('ENOTFOUND', false)],
])('%s', (_name, error, expected) => {
  expect(endOfFailure(error)).toEqual(expected);
});
