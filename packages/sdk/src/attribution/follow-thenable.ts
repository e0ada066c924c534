import type { Told } from './follow-outcome.ts';
import { lookOn, type Method } from './look-on.ts';

// oxlint-disable-next-line unicorn/no-thenable -- an object that has it is covered for a moment
const THEN = 'then';

/** True for what `await` asks by its own method. */
export function isThenable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && isMethod(Reflect.get(value, THEN));
}

/**
 * Looks on as the app asks for a promise of a client's own making, such as OpenAI's: asking ourselves would begin work, since
 * `then` of such an object reads the body or sends a query. An object that nobody asks at once is taken as it is.
 */
export function followThenable(thenable: object, told: Told): void {
  const end = lookOn(thenable, { names: [THEN], told }, (_name, original, { tell, uncover }) => {
    return function then(this: unknown, onOk?: unknown, onFailure?: unknown, ...more: readonly unknown[]): unknown {
      uncover();
      const settled: Method = (result) => {
        tell('ok');
        return isMethod(onOk) ? onOk(result) : result;
      };
      const failed: Method = (error) => {
        tell('error', error);
        if (isMethod(onFailure)) return onFailure(error);
        throw error;
      };
      return Reflect.apply(original, this, [settled, failed, ...more]);
    };
  });
  // An `await` asks in the first turn of the microtasks after it.
  queueMicrotask(() =>
    queueMicrotask(() => {
      if (end?.uncover()) end.tell('ok');
    }),
  );
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
