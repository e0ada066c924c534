import { createHash } from 'node:crypto';

/** What the store keeps of a key: enough to know it again, too little to use it. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
