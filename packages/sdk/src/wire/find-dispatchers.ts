// Under another name: the banner that most bundles of one ESM file carry declares `createRequire` itself.
import { createRequire as requireFrom } from 'node:module';

/** Where undici keeps its global dispatcher: up to version 7, and from version 8 on (also Node 24's own). */
const GLOBAL_DISPATCHERS = [Symbol.for('undici.globalDispatcher.1'), Symbol.for('undici.globalDispatcher.2')];
const DISPATCHER_FILE = /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]dispatcher-base\.js$/;

/**
 * Finds the classes of dispatchers that requests wait in: the built-in undici's and those of each copy of npm's, which is
 * CommonJS and so stands in the module cache, however it was imported. Of a copy in a bundle only what it made global is found.
 */
export function findDispatchers(): readonly object[] {
  const { cache } = requireFrom(process.execPath);
  const files = Object.keys(cache).filter((file) => DISPATCHER_FILE.test(file));
  const classes: unknown[] = files.map((file): unknown => cache[file]?.exports);
  for (const name of GLOBAL_DISPATCHERS) classes.push(memberOf(globalThis, name, 'constructor'));
  return classes.map((each) => memberOf(each, 'prototype')).filter((each) => typeof each === 'object' && each !== null);
}

function memberOf(start: unknown, ...path: readonly PropertyKey[]): unknown {
  let value = start;
  for (const name of path) value = value instanceof Object ? Reflect.get(value, name) : undefined;
  return value;
}
