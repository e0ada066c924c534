import { getBuiltin } from './get-builtin.ts';

/** What the SDK needs to know of a runtime that is not Node. */
export type Host = {
  /** Such as `bun/1.4.5`. */
  readonly name: string;
  /** Where a process has an end that can be listened to. */
  readonly process: NodeJS.Process | undefined;
  /** Asks the runtime not to end the running request until the answer is called; does nothing where nobody can be asked. */
  keepAlive(): () => void;
};

const NOTHING = (): void => undefined;

type WaitUntil = (work: Promise<unknown>) => void;
type RequestContext = { readonly waitUntil?: WaitUntil };

/** Where Vercel keeps what belongs to the running request (as its own package reads it, 2026-11). */
const VERCEL_CONTEXT: unique symbol = Symbol.for('@vercel/request-context');

/** Finds out where this runs: Bun and Deno have a process that ends, Workers and edge functions have requests that do. */
export function findHost(): Host {
  const { bun, deno } = globalThis.process?.versions ?? {};
  const name = bun ? `bun/${bun}` : deno ? `deno/${deno}` : (nameOfAgent() ?? 'edge');
  const process = bun || deno ? globalThis.process : undefined;
  return { name, process, keepAlive: process ? () => NOTHING : keepAlive };
}

function keepAlive(): () => void {
  let release = NOTHING;
  try {
    // A promise that nobody waits for is not made: to settle it from another request is told to the app's owner as a fault.
    const waitUntil = findWaitUntil();
    waitUntil?.(new Promise<void>((resolve) => (release = resolve)));
    return release;
  } catch {
    // Outside of a request there is nothing to keep alive.
    return NOTHING;
  }
}

/** Looked for each time: Workers offer theirs as a module since 2025-08, Vercel one for each request. */
function findWaitUntil(): WaitUntil | undefined {
  const world: typeof globalThis & { [VERCEL_CONTEXT]?: { get?(): RequestContext | undefined } } = globalThis;
  const request = world[VERCEL_CONTEXT]?.get?.();
  return request?.waitUntil ? (work) => request.waitUntil?.(work) : workersWaitUntil();
}

function workersWaitUntil(): WaitUntil | undefined {
  // Safe because a runtime that has this module documents its `waitUntil`, and older ones have none.
  const workers = getBuiltin('cloudflare:workers') as { waitUntil?: WaitUntil } | undefined;
  return workers?.waitUntil;
}

/** Workers call themselves `Cloudflare-Workers`. */
function nameOfAgent(): string | undefined {
  const world: typeof globalThis & { readonly navigator?: { readonly userAgent?: string } } = globalThis;
  return world.navigator?.userAgent?.toLowerCase();
}
