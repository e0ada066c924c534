/** A request as the platform sees it: the process may be stopped once all it waits for has ended. */
export type PlatformRequest = { waitUntil(work: Promise<unknown>): void };

/** Where Next.js and Vercel's runtime tell which request is running (seen 2026-11-20). */
const CONTEXTS: readonly symbol[] = [Symbol.for('@next/request-context'), Symbol.for('@vercel/request-context')];

/** Finds the request this async context belongs to; undefined where no platform wants to know. */
export function findRequest(): PlatformRequest | undefined {
  // Safe because what the platform put there is asked for each of its members.
  const world = globalThis as { readonly [context: symbol]: { get?(): Partial<PlatformRequest> | undefined } | undefined };
  for (const context of CONTEXTS) {
    const request = world[context]?.get?.();
    if (request?.waitUntil) return { waitUntil: request.waitUntil.bind(request) };
  }
  return undefined;
}
