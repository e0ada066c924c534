import type { SentCostEvent } from '@llmobserve/protocol';
import { expect, test } from 'vitest';
import { compareRuns } from '../src/compare-runs.ts';
import type { Family } from '../src/family.ts';
import type { SeenRun } from '../src/run-program.ts';

const family: Family = {
  modules: ['client'],
  providers: ['openai'],
  usual: { provider: 'openai', kind: 'llm', model: 'gpt-4o' },
  cases: {
    chat: { kind: 'chat', use: () => undefined, events: [{ usage: { input: 6, output: 20 } }] },
    'left stream': { kind: 'streams', use: () => undefined, events: [{ usage: 'estimated', status: 'cancelled' }] },
    refused: { kind: 'errors', use: () => undefined, throws: true, events: [{ usage: 'none', status: 'error', model: undefined }] },
    free: { kind: 'free', use: () => undefined, events: [] },
  },
};

const head = {
  id: '0198f3a2-0000-7000-8000-000000000001',
  startedAt: '2026-11-20T09:00:00.000Z',
  kind: 'llm',
  provider: 'openai',
} as const;
const chat: SentCostEvent = {
  ...head,
  customer: 'chat',
  model: 'gpt-4o',
  status: 'ok',
  attempts: 1,
  usage: { input: 6, output: 20 },
  usageQuality: 'reported',
};
const left: SentCostEvent = { ...chat, customer: 'left stream', status: 'cancelled', usage: { input: 5 }, usageQuality: 'estimated' };
const refused: SentCostEvent = { ...head, customer: 'refused', status: 'error', attempts: 1, usageQuality: 'unknown' };

const good: SeenRun = {
  cases: {
    chat: { result: '{"value":1}', requests: ['heard out\nPOST /v1/chat'] },
    'left stream': { result: '{"value":2}', requests: ['left\nPOST /v1/chat'] },
    refused: { result: '{"error":{"name":"AuthenticationError"}}', requests: ['heard out\nPOST /v1/chat'] },
    free: { result: '{"value":3}', requests: ['heard out\nGET /v1/models'] },
  },
  events: [chat, left, refused],
  problems: [],
  ending: 'exit code 0',
  lingeredMs: 5,
  stdout: '',
  stderr: '',
};

function findingsOf(withSdk: Partial<SeenRun>, without: Partial<SeenRun> = {}): readonly string[] {
  return compareRuns(family, { ...good, events: [], ...without }, { ...good, ...withSdk }).flatMap(({ findings }) => findings);
}

function withCase(name: string, seen: Partial<SeenRun['cases'][string]>): Partial<SeenRun> {
  return { cases: { ...good.cases, [name]: { result: '', requests: [], ...good.cases[name], ...seen } } };
}

test('two runs that are alike, with the events that were expected, are fine', () => {
  expect(findingsOf({})).toEqual([]);
  expect(compareRuns(family, good, good).map(({ name }) => name)).toEqual(['chat', 'left stream', 'refused', 'free', 'the process']);
});

test.each([
  ['another result', withCase('chat', { result: '{"value":9}' }), /^result differs/],
  ['another byte in a request', withCase('chat', { requests: ['heard out\nPOST /v1/chat?'] }), /^request bytes differs/],
  ['a stream that is no longer left', withCase('left stream', { requests: ['heard out\nPOST /v1/chat'] }), /^request bytes differs/],
  ['a program that ended early', { cases: {} }, /did not come that far/],
  ['an event that is missing', { events: [left, refused] }, /^no event for .*"customer":"chat"/],
  ['an event too many', { events: [chat, chat, left, refused] }, /^one event too many/],
  ['an event of nobody', { events: [chat, left, refused, { ...chat, customer: 'nobody' }] }, /^an event nobody expects/],
  ['an event for a call that costs nothing', { events: [chat, left, refused, { ...chat, customer: 'free' }] }, /^one event too many/],
  ['another token', { events: [{ ...chat, usage: { input: 7, output: 20 } }, left, refused] }, /^event: usage is .*instead of/],
  [
    'an estimate where the provider told',
    { events: [{ ...chat, usageQuality: 'estimated' as const }, left, refused] },
    /^event: usageQuality/,
  ],
  ['an estimate of nothing', { events: [chat, { ...left, usage: {} }, refused] }, /instead of an estimate/],
  ['a usage where there was none', { events: [chat, left, { ...refused, usage: { input: 1 } }] }, /instead of none/],
  ['another model', { events: [{ ...chat, model: 'gpt-4' }, left, refused] }, /^event: model is "gpt-4"/],
  ['another exit code', { ending: 'exit code 1' }, /^end differs/],
  ['an end that takes longer', { lingeredMs: 4000 }, /^the end took 4000 ms, 5 without$/],
  ['a word on stderr', { stderr: 'Warning' }, /^stderr differs/],
  ['an event that the collector would refuse', { problems: ['refused'] }, /^refused$/],
])('%s is found', (_name, withSdk, finding) => {
  const findings = findingsOf(withSdk);
  expect(findings.some((each) => finding.test(each))).toBe(true);
});

test('a case that goes wrong without the SDK proves nothing, and a process that hangs both ways neither', () => {
  const failing = withCase('chat', { result: '{"error":{"name":"TypeError"}}' });
  expect(findingsOf(failing, failing)).toEqual([expect.stringMatching(/^the case itself went wrong/)]);
  const passing = withCase('refused', { result: '{"value":1}' });
  expect(findingsOf(passing, passing)).toEqual([expect.stringMatching(/^the case itself went wrong/)]);
  const hung = { ending: 'killed by SIGKILL' };
  expect(findingsOf(hung, hung)).toEqual(['the process had to be killed by SIGKILL']);
});

test('ports, dates and the process’s number differ between any two runs and are no finding', () => {
  const without = {
    ...withCase('chat', { result: '{"value":"http://127.0.0.1:4000 at Fri, 20 Nov 2026 09:00:00 GMT"}' }),
    stderr: '(node:1) old',
  };
  const withSdk = {
    ...withCase('chat', { result: '{"value":"http://127.0.0.1:5000 at Fri, 20 Nov 2026 09:00:01 GMT"}' }),
    stderr: '(node:2) old',
  };
  expect(findingsOf(withSdk, without)).toEqual([]);
});
