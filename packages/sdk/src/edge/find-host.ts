import { readEnv, type Env } from '../config.ts';
import { getBuiltin } from './get-builtin.ts';

/** What the SDK needs to know of a runtime that is not Node. */
export type Host = {
  /** Such as `bun/1.4.5`. */
  readonly name: string;
  /** Where a process has an end that can be listened to. */
  readonly process: NodeJS.Process | undefined;
  readonly env: Env;
  /** Where Node's files and sockets may be used without anybody being asked. */
  readonly isFree: boolean;
  /** Asks the runtime not to end the running request until the answer is called; does nothing where nobody can be asked. */
  keepAlive(): () => void;
};

const NOTHING = (): void => undefined;

type Permission = { readonly name: string; readonly variable?: string };
type Deno = { readonly permissions: { querySync(permission: Permission): { readonly state: string } } };

const VARIABLES = ['LLMOBSERVE_API_KEY', 'LLMOBSERVE_COLLECTOR_URL'];

type WaitUntil = (work: Promise<unknown>) => void;
type RequestContext = { readonly waitUntil?: WaitUntil };

/** Where Vercel keeps what belongs to the running request (as its own package reads it, 2026-11). */
const VERCEL_CONTEXT: unique symbol = Symbol.for('@vercel/request-context');

/** Finds out where this runs: Bun and Deno have a process that ends, Workers and edge functions have requests that do. */
export function findHost(): Host {
  const { bun, deno } = globalThis.process?.versions ?? {};
  const name = bun ? `bun/${bun}` : deno ? `deno/${deno}` : (nameOfAgent() ?? 'edge');
  const process = bun || deno ? globalThis.process : undefined;
  const env = deno ? Object.fromEntries(VARIABLES.filter((variable) => mayDeno({ name: 'env', variable })).map(readVariable)) : readEnv();
  const isFree = bun !== undefined || ['read', 'write', 'sys'].every((permission) => mayDeno({ name: permission }));
  return { name, process, env, isFree, keepAlive: process ? () => NOTHING : keepAlive };
}

/** Deno asks its user at the terminal for what it was not granted; nothing of ours is worth a question. */
function mayDeno(permission: Permission): boolean {
  const world: typeof globalThis & { readonly Deno?: Deno } = globalThis;
  return world.Deno?.permissions.querySync(permission).state === 'granted';
}

function readVariable(name: string): readonly [string, string | undefined] {
  return [name, readEnv()[name]];
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
