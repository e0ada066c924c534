const CONNECT_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** True for errors of a connection that never came to be: the provider has not seen the request. */
export function wasNeverSent(code: string): boolean {
  return CONNECT_CODES.has(code);
}
