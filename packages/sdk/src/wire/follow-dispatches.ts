import { findDispatchers } from './find-dispatchers.ts';

type Dispatch = (this: unknown, options: unknown, handler: unknown) => unknown;
type Patched = { readonly prototype: object; readonly original: Dispatch; readonly covered: Dispatch };
type Waiting<Context> = { readonly context: Context };

export type DispatchFollower<Context> = {
  /** The context of the request that undici is creating. */
  contextOfCreated(): Context;
  /** Looks for dispatchers not followed yet; to be asked when a request comes of a class not seen before. */
  lookAround(): void;
  stop(): void;
};

/**
 * Keeps the async context of calls that wait in a pool for a free connection.
 * Such a request is created when another one ends, in that one's context, so asking then would name the wrong customer.
 */
export function followDispatches<Context>(currentContext: () => Context): DispatchFollower<Context> {
  const patched: Patched[] = [];
  const waiting = new WeakMap<object, Waiting<Context>>();
  let created = 0;
  let resumed: Waiting<Context> | undefined;

  /** A dispatch that creates no request has put it into a queue, from where the same handler comes again. */
  function cover(original: Dispatch): Dispatch {
    return function dispatch(options, handler) {
      const key = isObject(handler) ? handler : undefined;
      const outer = resumed;
      resumed = (key && waiting.get(key)) ?? outer;
      const before = created;
      try {
        return original.call(this, options, handler);
      } finally {
        if (key && created === before && !resumed) waiting.set(key, { context: currentContext() });
        resumed = outer;
      }
    };
  }

  function patch(start: object): void {
    for (let link: unknown = start; isObject(link) && link !== Object.prototype; link = Object.getPrototypeOf(link)) {
      const original: unknown = Object.getOwnPropertyDescriptor(link, 'dispatch')?.value;
      if (!isDispatch(original) || patched.some((each) => each.covered === original)) continue;
      const covered = cover(original);
      replace(link, covered);
      patched.push({ prototype: link, original, covered });
    }
  }

  findDispatchers().forEach(patch);

  return {
    contextOfCreated() {
      created += 1;
      return resumed ? resumed.context : currentContext();
    },
    lookAround: () => findDispatchers().forEach(patch),
    stop() {
      for (const { prototype, original, covered } of patched) {
        if (Reflect.get(prototype, 'dispatch') === covered) replace(prototype, original);
      }
    },
  };
}

function replace(prototype: object, dispatch: Dispatch): void {
  Object.defineProperty(prototype, 'dispatch', { value: dispatch, writable: true, configurable: true, enumerable: false });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isDispatch(value: unknown): value is Dispatch {
  return typeof value === 'function';
}
