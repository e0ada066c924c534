// oxlint-disable-next-line unicorn/no-thenable -- an object that has it is covered for a moment
const THEN = 'then';

type Settle = (value: unknown) => unknown;

/**
 * Looks on as the app asks for a promise of a client's own making, such as OpenAI's: asking ourselves would begin work, since
 * `then` of such an object reads the body or sends a query. An object that nobody asks at once is taken as it is.
 */
export function followThenable(thenable: object, follower: { done(): void; failed(error: unknown): void }): void {
  const own = Object.getOwnPropertyDescriptor(thenable, THEN);
  const original: unknown = Reflect.get(thenable, THEN);
  if (typeof original !== 'function') return follower.done();
  let isCovered = true;

  function uncover(): void {
    isCovered = false;
    if (own) Object.defineProperty(thenable, THEN, own);
    else Reflect.deleteProperty(thenable, THEN);
  }

  function then(this: unknown, onOk: unknown, onFailure: unknown): unknown {
    if (isCovered) uncover();
    const settled: Settle = (value) => {
      follower.done();
      return isSettle(onOk) ? onOk(value) : value;
    };
    const failed: Settle = (error) => {
      follower.failed(error);
      if (isSettle(onFailure)) return onFailure(error);
      throw error;
    };
    return Reflect.apply(original as Settle, this, [settled, failed]);
  }

  Object.defineProperty(thenable, THEN, { value: then, writable: true, configurable: true, enumerable: false });
  // An `await` asks in the first turn of the microtasks after it.
  queueMicrotask(() => {
    queueMicrotask(() => {
      if (!isCovered) return;
      uncover();
      follower.done();
    });
  });
}

function isSettle(value: unknown): value is Settle {
  return typeof value === 'function';
}
