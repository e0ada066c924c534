import type { Told } from './follow-outcome.ts';

// oxlint-disable-next-line unicorn/no-thenable -- an object that has it is covered for a moment
const THEN = 'then';

type Settle = (...values: readonly unknown[]) => unknown;

/** True for what `await` asks by its own method. */
export function isThenable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && isSettle(Reflect.get(value, THEN));
}

/** Who looks on at an object that is covered; sections that nest may give the same one. */
const lookers = new WeakMap<object, Told[]>();

/**
 * Looks on as the app asks for a promise of a client's own making, such as OpenAI's: asking ourselves would begin work, since
 * `then` of such an object reads the body or sends a query. An object that nobody asks at once is taken as it is.
 */
export function followThenable(thenable: object, told: Told): void {
  const others = lookers.get(thenable);
  if (others) others.push(told);
  else cover(thenable, [told]);
}

function cover(thenable: object, all: Told[]): void {
  // Safe because that is how such an object was found.
  const original = Reflect.get(thenable, THEN) as Settle;
  const own = Object.getOwnPropertyDescriptor(thenable, THEN);
  const tell: Told = (...said) => all.forEach((told) => told(...said));
  function uncover(): boolean {
    if (!lookers.delete(thenable)) return false;
    return own ? Reflect.defineProperty(thenable, THEN, own) : Reflect.deleteProperty(thenable, THEN);
  }

  function value(this: unknown, onOk: unknown, onFailure: unknown, ...more: readonly unknown[]): unknown {
    uncover();
    const settled: Settle = (result) => {
      tell('ok');
      return isSettle(onOk) ? onOk(result) : result;
    };
    const failed: Settle = (error) => {
      tell('error', error);
      if (isSettle(onFailure)) return onFailure(error);
      throw error;
    };
    return Reflect.apply(original, this, [settled, failed, ...more]);
  }

  Object.defineProperty(thenable, THEN, { value, writable: true, configurable: true, enumerable: own?.enumerable === true });
  lookers.set(thenable, all);
  // An `await` asks in the first turn of the microtasks after it.
  queueMicrotask(() =>
    queueMicrotask(() => {
      if (uncover()) tell('ok');
    }),
  );
}

function isSettle(value: unknown): value is Settle {
  return typeof value === 'function';
}
