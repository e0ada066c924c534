import type { ExchangeEnd } from './exchange.ts';

/** Codes of Node's sockets, its parser and undici; an app that aborts with an error of its own may put anything into `code`. */
const SYSTEM_CODE = /^(?:E[A-Z0-9]+|UND_ERR_\w+|HPE_\w+|ERR_(?:SSL|TLS|HTTP2|STREAM)_\w+)$/;
const CONNECT_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Tells a connection that failed from an app that walked away; where none came to be, nothing was sent. */
export function endOfFailure(error: unknown): ExchangeEnd {
  if (typeof error !== 'object' || error === null) return { how: 'cancelled' };
  if ('name' in error && error.name === 'TimeoutError') return { how: 'failed', code: 'timeout', wasSent: true };
  const code = 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !SYSTEM_CODE.test(code) || code === 'UND_ERR_ABORTED') return { how: 'cancelled' };
  return { how: 'failed', code, wasSent: !CONNECT_CODES.has(code) };
}
