import type { WireRequest } from './exchange.ts';
import { hostOfUrl } from './host-of-url.ts';

const SLASH = 47;

/** Reads where a request goes: its path without the query, and its host, which a plain-HTTP proxy is told in the path itself. */
export function readTarget(path: string, origin: string): Pick<WireRequest, 'host' | 'path'> {
  const query = path.indexOf('?');
  const bare = query === -1 ? path : path.slice(0, query);
  if (bare.charCodeAt(0) === SLASH) return { host: hostOfUrl(origin), path: bare };
  const isWholeUrl = bare.startsWith('http://') || bare.startsWith('https://');
  const start = isWholeUrl ? Math.max(bare.indexOf('/', bare.indexOf('://') + 3), 0) : 0;
  return { host: hostOfUrl(isWholeUrl ? bare.slice(0, start || undefined) : origin), path: bare.slice(start) };
}
