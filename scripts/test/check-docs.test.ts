import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkClaims } from '../docs/check-claims.ts';
import { checkCode } from '../docs/check-code.ts';

const E2E = fileURLToPath(new URL('../../e2e', import.meta.url));
const REPOSITORY = {
  paths: ['README.md', 'docs/README.md', 'packages/sdk/src/init.ts', 'scripts/test.ts'],
  scripts: { '': ['demo', 'check'], bench: ['capture'] },
};

test.each([
  ['a link to a page', 'see [docs](./docs/README.md#money)'],
  ['a link to a folder', 'see [docs](docs/)'],
  ['a link to another site', 'see [us](https://llmobserve.com) or [below](#below)'],
  ['a path', 'it is in `packages/sdk/src/init.ts`'],
  ['a path with a place to fill in', 'one per `packages/<name>/src`, or `packages/*/src/init.ts`'],
  ['a root script', 'run `npm run demo`'],
  ['a script of a workspace', 'run `npm run capture -w bench`'],
  ['a path in a code block of another kind', '```text\npackages/nowhere/a.ts\n```'],
])('%s that exists is fine', (_what, text) => {
  expect(checkClaims(REPOSITORY, 'README.md', text)).toEqual([]);
});

test.each([
  ['a link to a missing page', 'see [docs](docs/missing.md)', 'the link docs/missing.md leads nowhere'],
  ['a path that is gone', 'it is in `packages/sdk/src/gone.ts`', 'packages/sdk/src/gone.ts does not exist'],
  ['a pattern that fits nothing', 'see `packages/*/lib`', 'packages/*/lib does not exist'],
  ['a script that is gone', '```sh\nnpm ci\nnpm run launch\n```', 'npm run launch does not exist'],
  ['a script of another workspace', 'run `npm run demo -w bench`', 'npm run demo -w bench does not exist'],
])('%s is found', (_what, text, message) => {
  expect(checkClaims(REPOSITORY, 'README.md', text)).toEqual([{ path: 'README.md', line: 1, message }]);
});

test('a link is read from the folder of its document', () => {
  expect(checkClaims(REPOSITORY, 'docs/README.md', '[up](../README.md) [wrong](docs/README.md)')).toEqual([
    { path: 'docs/README.md', line: 1, message: 'the link docs/README.md leads nowhere' },
  ]);
});

test('a code block that would not compile is found with its line', () => {
  const text = ['# Title', '```ts', 'const a: number = 1;', 'const b: string = a;', '```', '```js', 'missing();', '```'].join('\n');
  expect(checkCode([{ path: 'README.md', text }], E2E)).toEqual([
    { path: 'README.md', line: 4, message: "Type 'number' is not assignable to type 'string'." },
    { path: 'README.md', line: 7, message: "Cannot find name 'missing'." },
  ]);
});

test('a code block that a reader could paste is fine', () => {
  const text =
    "```js\nimport { readFileSync } from 'node:fs';\nconst name = process.argv[2] ?? 'a';\nreadFileSync(name);\n```\n```sh\nnot code\n```";
  expect(checkCode([{ path: 'README.md', text }], E2E)).toEqual([]);
});
