import { expect, test } from 'vitest';
import { checkHouse } from '../house-rules/check-house.ts';
import { explainedCasts } from '../house-rules/explained-casts.ts';
import { folderNames } from '../house-rules/folder-names.ts';
import { honestTests } from '../house-rules/honest-tests.ts';
import { leftovers } from '../house-rules/leftovers.ts';
import { lockHosts } from '../house-rules/lock-hosts.ts';
import { namedDoors } from '../house-rules/named-doors.ts';
import { namedSources } from '../house-rules/named-sources.ts';
import { roomDoors } from '../house-rules/room-doors.ts';
import type { HouseRule } from '../house-rules/rule.ts';
import { sqlHome } from '../house-rules/sql-home.ts';

type Case = readonly [what: string, rule: HouseRule, path: string, text: string];

const REFUSED: readonly Case[] = [
  ['a door that exports everything', namedDoors, 'packages/sdk/src/index.ts', "export * from './a.ts';"],
  ['a door that exports everything under a name', namedDoors, 'packages/sdk/src/index.ts', "export * as a from './a.ts';"],
  ['a door that exports all types', namedDoors, 'packages/sdk/src/index.ts', "export type * from './a.ts';"],
  ['a way into a room past its door', roomDoors, 'packages/sdk/src/capture/fold.ts', "import { tap } from '../wire/tap.ts';"],
  ['a type taken past a door', roomDoors, 'packages/sdk/src/init.ts', "import type { Tap } from './wire/tap.ts';"],
  ['a name re-exported past a door', roomDoors, 'packages/sdk/src/index.ts', "export { section } from './attribution/section.ts';"],
  ['a path into another package', roomDoors, 'packages/sdk/src/init.ts', "import { x } from '../../protocol/src/index.ts';"],
  ['a test that walks into another package', roomDoors, 'packages/sdk/test/a.test.ts', "import '../../testkit/src/clock.ts';"],
  ['a path into another package by dynamic import', roomDoors, 'packages/sdk/src/init.ts', "await import('../../protocol/src/a.ts');"],
  ['a clock of its own in a room', namedSources, 'packages/collector/src/ingest/a.ts', 'const atMs = Date.now();'],
  ['the time of day in a room', namedSources, 'packages/collector/src/services/keys/a.ts', 'const at = new Date();'],
  ['chance in a room', namedSources, 'packages/sdk/src/transport/a.ts', 'const jitter = Math.random();'],
  ['an id made in a room', namedSources, 'packages/sdk/src/attribution/a.ts', 'const id = randomUUID();'],
  ['a cast without a reason', explainedCasts, 'packages/sdk/src/a.ts', 'const a = JSON.parse(text) as Batch;'],
  ['a cast with a comment about something else', explainedCasts, 'packages/sdk/src/a.ts', '// The batch.\nconst a = text as Batch;'],
  ['a folder called utils', folderNames, 'packages/sdk/src/utils/a.ts', ''],
  ['a folder called shared', folderNames, 'packages/dashboard/src/pages/shared/a.tsx', ''],
  ['a tagged statement in a service', sqlHome, 'packages/collector/src/services/keys/list.ts', 'const rows = sql`anything`;'],
  ['a statement as text in a route', sqlHome, 'packages/collector/src/http/a.ts', "query('select id from users where id = $1')"],
  ['a statement over several lines', sqlHome, 'packages/collector/src/jobs/a.ts', 'run(`\n  DELETE FROM trace_events\n  WHERE true`)'],
  ['a skipped test', honestTests, 'packages/sdk/test/a.test.ts', "test.skip('a', () => {});"],
  ['a focused group', honestTests, 'packages/sdk/test/a.test.ts', "describe.only('a', () => {});"],
  ['a test left for later', honestTests, 'packages/sdk/test/a.test.ts', "it.todo('a');"],
  ['a test that is expected to fail', honestTests, 'packages/sdk/test/a.test.ts', "it.concurrent.fails('a', () => {});"],
  ['a test that runs only sometimes', honestTests, 'e2e/test/a.test.ts', "describe.skipIf(process.platform === 'win32')('a', () => {});"],
  ['a note to oneself', leftovers, 'packages/sdk/src/a.ts', '// todo'],
  ['a path of one machine', leftovers, 'docs/a.md', 'see /home/ann/project/notes'],
  ['a path in the temporary folder', leftovers, 'packages/sdk/test/a.test.ts', "const folder = '/tmp/mine/a';"],
  ['a registry of one network', leftovers, '.npmrc', 'registry=https://npm.internal.example/'],
  ['a silenced type check', leftovers, 'packages/sdk/src/a.ts', '// @ts-ignore'],
  ['a rule switched off for a file', leftovers, 'packages/sdk/src/a.ts', '/* oxlint-disable max-lines */'],
  ['a rule switched off without a reason', leftovers, 'packages/sdk/src/a.ts', '// oxlint-disable-next-line max-params'],
  ['a download address in the lock', lockHosts, 'package-lock.json', '"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz",'],
];

const ALLOWED: readonly Case[] = [
  ['a door that lists its names', namedDoors, 'packages/sdk/src/index.ts', "export { a } from './a.ts';\nexport type { B } from './b.ts';"],
  ['a namespace import', namedDoors, 'packages/sdk/src/a.ts', "import * as a from './a.ts';"],
  ['a way through the door', roomDoors, 'packages/sdk/src/capture/fold.ts', "import { tap } from '../wire/index.ts';"],
  ['a way through an inner door', roomDoors, 'packages/collector/src/queries/a.ts', "import { a } from '../store/schema/index.ts';"],
  ['a way sideways inside a room', roomDoors, 'packages/sdk/src/providers/openai/read.ts', "import type { P } from '../provider.ts';"],
  ['a page that is a chunk of its own', roomDoors, 'packages/dashboard/src/routes.tsx', "lazy(() => import('./pages/live/live.tsx'));"],
  ['a style sheet', roomDoors, 'packages/dashboard/src/main.tsx', "import './theme/index.css';"],
  ['a file beside the rooms', roomDoors, 'packages/sdk/src/wire/tap.ts', "import type { D } from '../diagnostics.ts';"],
  ['a test that looks behind a door', roomDoors, 'packages/sdk/test/a.test.ts', "import { tap } from '../src/wire/tap.ts';"],
  ['another package by its name', roomDoors, 'packages/sdk/src/a.ts', "import { a } from '@llmobserve/protocol';"],
  [
    'a clock that was asked for',
    namedSources,
    'packages/collector/src/ingest/a.ts',
    'const atMs = deps.clock.nowMs(); deps.randomBytes(6);',
  ],
  ['a clock in a composition root', namedSources, 'packages/sdk/src/init.ts', 'const clock = { nowMs: () => Date.now() };'],
  ['a time that is given', namedSources, 'packages/collector/src/queries/a.ts', 'new Date(row.startedAt)'],
  ['a cast with a reason', explainedCasts, 'packages/sdk/src/a.ts', '// Safe because we wrote it.\nconst a = JSON.parse(text) as Batch;'],
  ['a constant', explainedCasts, 'packages/sdk/src/a.ts', "const a = ['x'] as const;"],
  ['a cast in a test', explainedCasts, 'packages/sdk/test/a.test.ts', 'const a = JSON.parse(text) as Batch;'],
  ['a folder that says what lives there', folderNames, 'packages/collector/src/queries/a.ts', ''],
  ['a file called types', folderNames, 'packages/sdk/src/types.ts', ''],
  ['a statement among the questions', sqlHome, 'packages/collector/src/queries/a.ts', 'sql`select 1 from users`'],
  ['a sentence that starts like a statement', sqlHome, 'packages/collector/src/http/a.ts', "fail('select a range first')"],
  ['a group of tests', honestTests, 'packages/sdk/test/a.test.ts', "describe('a', () => { test.each([1])('b', () => {}); });"],
  ['a word that contains another', leftovers, 'packages/sdk/src/a.ts', 'const hackney = mastodons;'],
  ['a URL with a path', leftovers, 'docs/a.md', 'https://example.com/home/ann/a'],
  ['the public registry in prose', leftovers, 'docs/a.md', 'https://www.npmjs.com/package/llmobserve'],
  [
    'a rule switched off for a line, with a reason',
    leftovers,
    'a.ts',
    '// oxlint-disable-next-line max-params -- the signature is given by pg',
  ],
  ['a workspace in the lock', lockHosts, 'package-lock.json', '"resolved": "packages/sdk",'],
];

test.each(REFUSED)('%s is refused', (_what, rule, path, text) => {
  expect(checkHouse([rule], [{ path, text }])).toEqual([expect.objectContaining({ path, rule: rule.name })]);
});

test.each(ALLOWED)('%s is allowed', (_what, rule, path, text) => {
  expect(checkHouse([rule], [{ path, text }])).toEqual([]);
});

test('a finding names the line', () => {
  const text = "import { a } from './a.ts';\n\nexport * from './b.ts';";
  expect(checkHouse([namedDoors], [{ path: 'packages/sdk/src/index.ts', text }])).toEqual([
    { path: 'packages/sdk/src/index.ts', line: 3, rule: 'named-doors', message: 'list the names instead of `export *`' },
  ]);
});
