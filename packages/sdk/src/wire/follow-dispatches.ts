import { createRequire } from 'node:module';

/** Where undici keeps its global dispatcher: up to version 7, and from version 8 on (also Node 24's own). */
const GLOBAL_DISPATCHERS = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const DISPATCHER_FILE = /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]dispatcher-base\.js$/;

type Dispatch = (this: unknown, options: unknown, handler: unknown) => unknown;
type Patched = { readonly prototype: object; readonly original: Dispatch; readonly covered: Dispatch };
type Waiting<Context> = { readonly context: Context };

export type DispatchFollower<Context> = {
  /** The context the request belongs to; to be asked while undici creates it. */
  contextOf(request: object): Context;
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
  const seenClasses = new WeakSet<object>();
  const seenDispatchers: unknown[] = [undefined, undefined];

  function dispatchFollowed(self: unknown, original: Dispatch, [options, handler]: readonly [unknown, unknown]): unknown {
    const key = typeof handler === 'object' && handler !== null ? handler : undefined;
    const outer = resumed;
    resumed = (key && waiting.get(key)) ?? outer;
    const before = created;
    try {
      return original.call(self, options, handler);
    } finally {
      if (key && created === before && !resumed) waiting.set(key, { context: currentContext() });
      resumed = outer;
    }
  }

  function patchChain(start: unknown): void {
    for (let link: unknown = start; isObject(link) && link !== Object.prototype; link = Object.getPrototypeOf(link)) {
      const original: unknown = Object.getOwnPropertyDescriptor(link, 'dispatch')?.value;
      if (!isDispatch(original) || patched.some((each) => each.covered === original)) continue;
      const covered: Dispatch = function dispatch(options, handler) {
        return dispatchFollowed(this, original, [options, handler]);
      };
      Object.defineProperty(link, 'dispatch', { value: covered, writable: true, configurable: true, enumerable: false });
      patched.push({ prototype: link, original, covered });
    }
  }

  function lookForDispatchers(): void {
    GLOBAL_DISPATCHERS.forEach((symbol, index) => {
      const dispatcher: unknown = Reflect.get(globalThis, symbol);
      if (dispatcher === undefined || dispatcher === seenDispatchers[index]) return;
      seenDispatchers[index] = dispatcher;
      patchChain(Object.getPrototypeOf(dispatcher));
    });
  }

  /** Each copy of undici brings a request class of its own: an unseen one means an unseen dispatcher. */
  function lookForCopies(request: object): void {
    if (seenClasses.has(request.constructor)) return;
    seenClasses.add(request.constructor);
    for (const prototype of loadedDispatchers()) patchChain(prototype);
  }

  lookForDispatchers();
  for (const prototype of loadedDispatchers()) patchChain(prototype);

  return {
    contextOf(request) {
      created += 1;
      lookForDispatchers();
      lookForCopies(request);
      return resumed ? resumed.context : currentContext();
    },
    stop() {
      for (const { prototype, original, covered } of patched) {
        if (Reflect.get(prototype, 'dispatch') === covered) Object.defineProperty(prototype, 'dispatch', { value: original });
      }
    },
  };
}

/** The dispatchers of npm's undici, which is CommonJS and so stands in the module cache, however it was imported. */
function loadedDispatchers(): readonly object[] {
  const { cache } = createRequire(process.execPath);
  return Object.keys(cache)
    .filter((file) => DISPATCHER_FILE.test(file))
    .flatMap((file) => {
      const dispatcher: unknown = cache[file]?.exports;
      const prototype: unknown = typeof dispatcher === 'function' ? dispatcher.prototype : undefined;
      return isObject(prototype) ? [prototype] : [];
    });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isDispatch(value: unknown): value is Dispatch {
  return typeof value === 'function';
}
