import { loadBuiltin } from './load-builtin.ts';

/** SHA-256 of a text, as hex digits. */
export function sha256Hex(text: string): string {
  return loadBuiltin('node:crypto').createHash('sha256').update(text).digest('hex');
}
