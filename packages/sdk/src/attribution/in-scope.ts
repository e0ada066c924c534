import { liveRuntime, type Scope } from '../runtime.ts';
import { followGenerator, isGenerator } from './follow-outcome.ts';

/** Runs `fn` where this is said of its work, beside what is said already; where there is nothing to say, just runs it. */
export function inScope<T>(said: Scope | undefined, fn: () => T): T {
  return said ? onlyInScope({ ...liveRuntime().scopes.getStore(), ...said }, fn) : fn();
}

/** Runs `fn` where this and nothing else is said of its work; a generator it gives goes on there, whoever drives it. */
export function onlyInScope<T>(scope: Scope, fn: () => T): T {
  const { scopes } = liveRuntime();
  const result = scopes.run(scope, fn);
  if (isGenerator(result))
    followGenerator(
      result,
      (step) => scopes.run(scope, step),
      () => undefined,
    );
  return result;
}
