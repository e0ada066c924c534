import type { Context } from 'hono';

import { ADDRESS_HEADER } from '../services/index.ts';
import type { AppEnv } from './app-env.ts';

/** Headers for better-auth: the client's own, and the address as the socket tells it. */
export function authHeaders(c: Context<AppEnv>): Headers {
  const headers = new Headers(c.req.raw.headers);
  headers.set(ADDRESS_HEADER, c.env.incoming.socket.remoteAddress ?? '');
  return headers;
}
