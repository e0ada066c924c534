import { randomBytes } from 'node:crypto';
import { createApiKey, type ApiKey } from '@llmobserve/protocol';

/** Makes a well-formed key that nobody has issued. */
export function randomKey(): ApiKey {
  return createApiKey((length) => randomBytes(length));
}
