import { isJsonRecord, type EventStatus } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import { followThenable, isThenable } from './follow-thenable.ts';
import { isMethod, lookOn, type Method } from './look-on.ts';

/** Runs a part of the work in its scope. */
export type Resume = <T>(step: () => T) => T;

/** Told how work ended, and with what; more than once where it ends more than once. Must not throw. */
export type Told = (status: EventStatus, value?: unknown) => void;

const TAG = Object.prototype.toString;
const METHODS = ['next', 'return', 'throw'] as const;
type AnyGenerator = Readonly<Record<(typeof METHODS)[number], Method>>;

/**
 * Runs `fn` and tells when its work is over: when it returns or throws, when its promise settles, when its generator is done.
 *
 * The app gets what `fn` gave. Only a plain promise comes back as one that settles with it: to look on from aside would mark
 * a rejection as handled that nobody handles.
 */
export function followOutcome<T>(fn: () => T, resume: Resume, told: Told): T {
  let result: T;
  try {
    result = resume(fn);
  } catch (error) {
    told('error', error);
    throw error;
  }
  try {
    // Safe because a promise that follows this one is of the same type.
    if (isPlainPromise(result)) return followPromise(result, told) as T;
    if (isGenerator(result)) followGenerator(result, resume, told);
    else if (isThenable(result)) followThenable(result, told);
    else told('ok', result);
  } catch {
    // Such as a frozen object, or a getter of the app's that throws.
    told('ok');
  }
  return result;
}

/**
 * A subclass, a promise with members of its own or a proxy of one, which cannot be asked without a `then` of its own, may mean
 * something to the app that another one would not. Symbols do not count: before Node 24 async hooks put theirs on every
 * promise (seen with 20.20 and 22.23).
 */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  const { prototype } = Promise;
  if (!(value instanceof Promise) || Object.getPrototypeOf(value) !== prototype) return false;
  return Object.getOwnPropertyNames(value).length === 0 && Reflect.get(value, 'then') === Reflect.get(prototype, 'then');
}

async function followPromise(promise: Promise<unknown>, told: Told): Promise<unknown> {
  try {
    const value = await promise;
    told('ok', value);
    return value;
  } catch (error) {
    told('error', error);
    throw error;
  }
}

/** True for what a generator function gives; a class of the app's may be called so and have none of its methods. */
export function isGenerator(value: unknown): value is AnyGenerator {
  return (
    attempt(() => isJsonRecord(value) && TAG.call(value).endsWith('Generator]') && METHODS.every((name) => isMethod(value[name]))) === true
  );
}

/**
 * Lets a generator run where it was made, not where it is driven from: its body begins with the first `next()`, when the
 * scope that made it is long over.
 */
export function followGenerator(generator: AnyGenerator, resume: Resume, told: Told): void {
  lookOn(generator, { names: METHODS, told }, (name, original, { tell, uncover }) => {
    const look: Told = (status, step) => {
      if (status === 'ok' && !isDone(step)) return;
      uncover();
      tell(status === 'ok' && name === 'return' ? 'cancelled' : status, step);
    };
    return (...values) => followOutcome(() => Reflect.apply(original, generator, values), resume, look);
  });
}

function isDone(step: unknown): boolean {
  return isJsonRecord(step) && step['done'] === true;
}
