// Under another name: the banner that most bundles of one ESM file carry declares `createRequire` itself.
import { createRequire as requireFrom } from 'node:module';

/** Where undici keeps its global dispatcher: up to version 7, and from version 8 on (also Node 24's own). */
const GLOBAL_DISPATCHERS = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const DISPATCHER_FILE = /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]dispatcher-base\.js$/;

export type DispatcherFinder = {
  /** Looks at the global dispatchers; cheap enough for every request. */
  findGlobal(found: (prototype: object) => void): void;
  /** Looks for copies of undici, when a request comes of a class not seen before. */
  findLoaded(request: object, found: (prototype: object) => void): void;
};

/** Finds the dispatchers that requests wait in: the built-in undici's and those of each copy of npm's. */
export function createDispatcherFinder(): DispatcherFinder {
  const seenDispatchers: unknown[] = [undefined, undefined];
  const globals: { readonly [name: PropertyKey]: unknown } = globalThis;
  const seenClasses = new WeakSet<object>();
  return {
    findGlobal(found) {
      for (let i = 0; i < GLOBAL_DISPATCHERS.length; i += 1) {
        const dispatcher = globals[GLOBAL_DISPATCHERS[i] ?? ''];
        if (!isObject(dispatcher) || dispatcher === seenDispatchers[i]) continue;
        seenDispatchers[i] = dispatcher;
        const prototype: unknown = Object.getPrototypeOf(dispatcher);
        if (isObject(prototype)) found(prototype);
      }
    },
    findLoaded(request, found) {
      if (seenClasses.has(request.constructor)) return;
      seenClasses.add(request.constructor);
      loadedDispatchers().forEach(found);
    },
  };
}

/** npm's undici is CommonJS and so stands in the module cache, however it was imported; only a bundle hides it. */
function loadedDispatchers(): readonly object[] {
  const { cache } = requireFrom(process.execPath);
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
