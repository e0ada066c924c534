import type { SdkIdentity } from '@llmobserve/protocol';
import { PACKAGE_NAME, PACKAGE_VERSION } from './package-identity.ts';
import { webCrypto } from './web-crypto.ts';

/** Says who sends. The instance is named at the first need: Workers allow no randomness before their first request. */
export function createIdentity(runtime: string): () => SdkIdentity {
  let instance: string | undefined;
  return () => {
    instance ??= webCrypto().randomUUID();
    return { name: PACKAGE_NAME, version: PACKAGE_VERSION, runtime, instance };
  };
}
