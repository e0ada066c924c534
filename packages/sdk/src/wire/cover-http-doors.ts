import { syncBuiltinESMExports } from 'node:module';
import { loadBuiltin } from '../load-builtin.ts';
import type { Tap } from './exchange.ts';

type Callback = (this: unknown, ...values: readonly unknown[]) => unknown;

/** Puts ourselves before what makes requests, which does what it did and then tells of each request it made. */
export function coverHttpDoors(onCreated: (message: object) => void): Tap {
  let isOn = true;
  const doors = [loadBuiltin('node:http'), loadBuiltin('node:https')].flatMap((module) => {
    const { request: open } = module;
    const request: Callback = function (this: unknown, ...values) {
      const made: unknown = Reflect.apply(open, this, values);
      if (isOn) onCreated({ request: made });
      return made;
    };
    // Node's own calls the request it knows, not the one that stands there now.
    const get: Callback = function (this: unknown, ...values) {
      const made: unknown = Reflect.apply(request, this, values);
      // Also one of a class that another tool put in the place of Node's.
      if (made instanceof Object && 'end' in made && isCallback(made.end)) Reflect.apply(made.end, made, []);
      return made;
    };
    return [coverDoor(module, 'request', request), coverDoor(module, 'get', get)];
  });
  syncBuiltinESMExports();
  return {
    stop() {
      isOn = false;
      for (const uncover of doors) uncover();
      syncBuiltinESMExports();
    },
  };
}

/** What stands in a function's place is called as it was, and says that it takes as much. */
function coverDoor(module: object, name: string, covered: Callback): () => void {
  const original: unknown = Reflect.get(module, name);
  if (isCallback(original)) Object.defineProperties(covered, { name: { value: original.name }, length: { value: original.length } });
  Reflect.set(module, name, covered);
  return () => void (Reflect.get(module, name) === covered && Reflect.set(module, name, original));
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}
