import { liveRuntime, type Scope } from '../runtime.ts';

/** Runs `fn` where this is said of its work, beside what is said already; where there is nothing to say, just runs it. */
export function inScope<T>(said: Scope | undefined, fn: () => T): T {
  const { scopes } = liveRuntime();
  return said ? scopes.run({ ...scopes.getStore(), ...said }, fn) : fn();
}
