import { isJsonRecord } from '@llmobserve/protocol';
import type { Told } from './follow-outcome.ts';
import { isMethod, lookOn, type Method } from './look-on.ts';

const THEN = 'then';
/** OpenAI's client asks itself in each of them, and never one through the other (seen 2026-11-20). */
const WAYS = [THEN, 'catch', 'finally'] as const;

/** True for what `await` asks by its own method. */
export function isThenable(value: unknown): value is object {
  return isJsonRecord(value) && isMethod(value[THEN]);
}

/**
 * Looks on as the app asks for a promise of a client's own making, such as OpenAI's: asking ourselves would begin work, since
 * `then` of such an object reads the body or sends a query. An object that nobody asks at once is taken as it is.
 */
export function followThenable(thenable: object, told: Told): void {
  // Safe because that is how such an object was found.
  const ask = Reflect.get(thenable, THEN) as Method;
  const names = WAYS.filter((name) => isMethod(Reflect.get(thenable, name)));
  const end = lookOn(thenable, { names, told }, (name, _original, { tell, uncover }) => {
    return function (this: unknown, ...given: readonly unknown[]): unknown {
      uncover();
      const [onOk, onFailure, ...more] = name === THEN ? given : [];
      const settled: Method = (result) => {
        tell('ok');
        return isMethod(onOk) ? onOk(result) : result;
      };
      const failed: Method = (error) => {
        tell('error', error);
        if (isMethod(onFailure)) return onFailure(error);
        throw error;
      };
      const asked: unknown = Reflect.apply(ask, this, [settled, failed, ...more]);
      // Safe because a promise has all of them, and so does what its `then` gives.
      return name === THEN ? asked : (asked as Readonly<Record<typeof name, Method>>)[name](...given);
    };
  });
  // An `await` asks in the first turn of the microtasks after it.
  queueMicrotask(() =>
    queueMicrotask(() => {
      if (end?.uncover()) end.tell('ok');
    }),
  );
}
