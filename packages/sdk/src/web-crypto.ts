import type { webcrypto } from 'node:crypto';

type WebCrypto = Pick<webcrypto.Crypto, 'randomUUID' | 'getRandomValues'>;

/** Randomness of the runtime; asking it is cheaper than loading `node:crypto`. To be named only when needed: Workers refuse it at start. */
export function webCrypto(): WebCrypto {
  // Safe because every runtime has it, Node from version 20 on; older types do not know.
  return (globalThis as typeof globalThis & { readonly crypto: WebCrypto }).crypto;
}
