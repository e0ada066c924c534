import type { Told } from './follow-outcome.ts';

// oxlint-disable-next-line unicorn/no-thenable -- an object that has it is covered for a moment
const THEN = 'then';

type Settle = (value: unknown) => unknown;

/** True for what `await` asks by a method of its class. */
export function isThenable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Object.hasOwn(value, THEN) && isSettle(Reflect.get(value, THEN));
}

/**
 * Looks on as the app asks for a promise of a client's own making, such as OpenAI's: asking ourselves would begin work, since
 * `then` of such an object reads the body or sends a query. An object that nobody asks at once is taken as it is.
 */
export function followThenable(thenable: object, told: Told): void {
  // Safe because that is how such an object was found.
  const original = Reflect.get(thenable, THEN) as Settle;
  let isCovered = true;
  function uncover(): void {
    isCovered = false;
    Reflect.deleteProperty(thenable, THEN);
  }

  function value(this: unknown, onOk: unknown, onFailure: unknown): unknown {
    uncover();
    const settled: Settle = (result) => {
      told('ok');
      return isSettle(onOk) ? onOk(result) : result;
    };
    const failed: Settle = (error) => {
      told('error', error);
      if (isSettle(onFailure)) return onFailure(error);
      throw error;
    };
    return Reflect.apply(original, this, [settled, failed]);
  }

  Object.defineProperty(thenable, THEN, { value, writable: true, configurable: true });
  // An `await` asks in the first turn of the microtasks after it.
  queueMicrotask(() =>
    queueMicrotask(() => {
      if (!isCovered) return;
      uncover();
      told('ok');
    }),
  );
}

function isSettle(value: unknown): value is Settle {
  return typeof value === 'function';
}
