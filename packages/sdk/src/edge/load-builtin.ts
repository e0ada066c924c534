import { getBuiltin } from './get-builtin.ts';

/** The same as on Node, in whose place this stands off Node: Bun, Deno and Workers have these modules, edge functions have none. */
export function loadBuiltin(name: string): unknown {
  const builtin = getBuiltin(name);
  if (builtin === undefined) throw new Error(`this runtime has no ${name}`);
  return builtin;
}
