import type { EventStatus } from '@llmobserve/protocol';
import { followGenerator, isGenerator } from './follow-generator.ts';
import { followThenable } from './follow-thenable.ts';

export type OutcomeFollower = {
  /** Told once or more often; the first time counts. Must not throw. */
  readonly end: (status: EventStatus, code?: string) => void;
  /** Runs a part of the work in its scope. */
  readonly resume: <T>(step: () => T) => T;
};

/**
 * Runs `fn` and tells when its work is over: when it returns or throws, when its promise settles, when its generator is done.
 *
 * The app gets what `fn` gave. Only a plain promise comes back as one that settles with it: to look on from aside would mark
 * a rejection as handled that nobody handles.
 */
export function followOutcome<T>(fn: () => T, { end, resume }: OutcomeFollower): T {
  const done = (): void => end('ok');
  const failed = (error: unknown): void => {
    const name = nameOf(error);
    end(name === 'AbortError' ? 'cancelled' : 'error', name);
  };
  let result: T;
  try {
    result = resume(fn);
  } catch (error) {
    failed(error);
    throw error;
  }
  try {
    // Safe because a promise that follows this one is of the same type.
    if (isPlainPromise(result)) return followPromise(result, { done, failed }) as T;
    if (isGenerator(result)) followGenerator(result, { resume, failed, done: (how) => end(how === 'left' ? 'cancelled' : 'ok') });
    else if (isThenable(result)) followThenable(result, { done, failed });
    else done();
  } catch {
    // Such as a frozen object, or a getter of the app's that throws.
    done();
  }
  return result;
}

async function followPromise(promise: Promise<unknown>, follower: { done(): void; failed(error: unknown): void }): Promise<unknown> {
  try {
    const value = await promise;
    follower.done();
    return value;
  } catch (error) {
    follower.failed(error);
    throw error;
  }
}

/** A subclass or a promise with members of its own may mean something to the app that another one would not. */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise && Object.getPrototypeOf(value) === Promise.prototype && Reflect.ownKeys(value).length === 0;
}

function isThenable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function nameOf(error: unknown): string | undefined {
  try {
    return error instanceof Error ? error.name : undefined;
  } catch {
    return undefined;
  }
}
