import type crypto from 'node:crypto';
import type fs from 'node:fs';
import type http from 'node:http';
import type http2 from 'node:http2';
import type https from 'node:https';
// Under another name: the banner that most bundles of one ESM file carry declares `createRequire` itself.
import { createRequire as requireFrom } from 'node:module';
import type os from 'node:os';
import type zlib from 'node:zlib';

type Builtins = {
  readonly 'node:crypto': typeof crypto;
  readonly 'node:fs': typeof fs;
  readonly 'node:http': typeof http;
  readonly 'node:http2': typeof http2;
  readonly 'node:https': typeof https;
  readonly 'node:os': typeof os;
  readonly 'node:zlib': typeof zlib;
};

let load: NodeJS.Require | undefined;

/**
 * Loads a module of Node's own when it is needed, without its ES module view: on Node 24 that view of `node:http` reads
 * every member and so loads all of undici (20 to 50 ms instead of 3, seen with 24.21).
 */
export function loadBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  // Any absolute path will do for what needs no path.
  load ??= requireFrom(process.execPath);
  // Safe because the name decides the type.
  return load(name) as Builtins[Name];
}
