import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startEcho } from './support/start-echo.ts';
import { watchWire } from './support/watch-wire.ts';

const load = createRequire(import.meta.url);

/** Where undici calls its request objects, and where they say what they can be called. */
const CALLED = /(?<=request\.)on(?=[A-Z])/g;
const DEFINED = /(?<=^ {2})on(?=[A-Z]\w+ \()/gm;

/** A real undici in which everything that we look for in a request has another name, as in some later version. */
function loadDoctoredFetch(): typeof globalThis.fetch {
  const folder = makeTemporaryFolder();
  cpSync(dirname(load.resolve('undici/package.json')), folder, { recursive: true });
  for (const file of ['core/request', 'core/util', 'dispatcher/client-h1', 'dispatcher/client-h2', 'dispatcher/parser-h1']) {
    const path = join(folder, 'lib', `${file}.js`);
    const text = readFileSync(path, 'utf8').replaceAll(CALLED, 'when');
    writeFileSync(path, file === 'core/request' ? text.replaceAll(DEFINED, 'when').replaceAll('this.on', 'this.when') : text);
  }
  // Safe because it is undici of the same version.
  const { fetch, Agent } = load(folder) as typeof import('undici');
  // Its own, for there may be a global one of Node's.
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.close());
  // Safe because undici's fetch takes and gives what Node's does.
  return ((input: string, init: object) => fetch(input, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
}

test('a real undici whose inner names are unknown is said once, and counted at fetch from the second call on', async () => {
  const echo = await startEcho((_request, response) => void response.end('{"pong":true}'));
  const doctored = loadDoctoredFetch();
  const native = globalThis.fetch;
  globalThis.fetch = doctored;
  onTestFinished(() => {
    globalThis.fetch = native;
  });
  const wire = watchWire();
  for (const path of ['/first', '/second', '/third']) {
    expect(await (await fetch(`${echo.url}${path}`, { method: 'POST', body: 'ping' })).json()).toEqual({ pong: true });
  }
  expect(wire.exchanges.map(({ request }) => request.path)).toEqual(['/second', '/third']);
  expect(await wire.exchanges[1]?.ended).toEqual({ how: 'complete' });
  expect(wire.exchanges[1]?.sent().toString()).toBe('ping');
  expect(wire.exchanges[1]?.received().toString()).toBe('{"pong":true}');
  expect(wire.warnings).toHaveLength(3);
  expect(new Set(wire.warnings).size).toBe(1);
  wire.stop();
  expect(globalThis.fetch).toBe(doctored);
});
