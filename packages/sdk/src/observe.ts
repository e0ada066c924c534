import { liveEngine } from './init.ts';
import { observeClient } from './wire/index.ts';

/**
 * Lets calls of a client be seen that was made before `init`, where `init` alone cannot do that: on Bun, Deno and Workers.
 * Node sees every client anyway, and counts each call once all the same.
 *
 * @returns the same client.
 * @example const openai = observe(new OpenAI());
 */
export function observe<Client>(client: Client): Client {
  const engine = liveEngine();
  if (observeFetches(client) === 0 && !isSeenAnyway()) {
    engine.fault(
      'observe',
      'observe(): this client keeps no fetch of its own to be watched; what it calls through globalThis.fetch is seen without',
    );
  }
  return client;
}

function observeFetches(client: unknown): number {
  if ((typeof client !== 'object' && typeof client !== 'function') || client === null) return 0;
  try {
    return observeClient(client, () => liveEngine().callFetch);
  } catch {
    // Such as a frozen client, or a proxy with a mind of its own.
    return 0;
  }
}

/** Where undici is, the wire beneath every client is watched. */
function isSeenAnyway(): boolean {
  // Older Workers have a process without versions.
  const { process }: { process?: { versions?: Readonly<Record<string, string | undefined>> } } = globalThis;
  return process?.versions?.['undici'] !== undefined;
}
