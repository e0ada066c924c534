import type { LiveEvent, PricedEvent } from '@llmobserve/protocol';
import { expect, test } from 'vitest';

import { DEFAULT_VIEW } from '../../src/filters/view.ts';
import { callReasons, liveRow, mergeCalls, pricedRow } from '../../src/pages/calls/call-row.ts';
import { describeRate } from '../../src/pages/frame/describe-rate.ts';
import { matchesView } from '../../src/pages/live/matches-view.ts';

const EVENT: LiveEvent = {
  id: '0198f3a2-0000-7000-8000-000000000001',
  kind: 'llm',
  provider: 'openai',
  model: 'gpt-4o',
  operation: 'chat',
  startedAt: '2026-11-20T09:47:58.000Z',
  durationMs: 812,
  status: 'ok',
  customer: 'acme',
  section: 'step:rank',
  environment: 'production',
  costUsd: '0.001240000000',
  quality: 'exact',
};
const { customer: _, ...NOBODY } = EVENT;

test('a live call and the same call read later are one row', () => {
  const { costUsd, quality, ...facts } = EVENT;
  const priced: PricedEvent = {
    ...facts,
    usageQuality: 'reported',
    receivedAt: EVENT.startedAt,
    cost: { usd: costUsd, quality, lines: [], bookVersion: '1' },
  };
  expect(pricedRow(priced)).toEqual(liveRow(EVENT));
  expect(mergeCalls([liveRow(EVENT)], [pricedRow(priced)], 10)).toHaveLength(1);
});

test('live calls stand before read ones, and the list has an end', () => {
  const rows = ['a', 'b', 'c'].map((id) => liveRow({ ...EVENT, id }));
  expect(mergeCalls(rows.slice(0, 1), rows.slice(1), 2).map((row) => row.id)).toEqual(['a', 'b']);
});

test('a failed call goes by the model it asked for, a vector call by its provider', () => {
  const { model: __, ...withoutModel } = EVENT;
  expect(liveRow({ ...withoutModel, requestedModel: 'gpt-5' }).model).toBe('gpt-5');
  expect(liveRow({ ...withoutModel, provider: 'pinecone' }).model).toBe('pinecone');
});

test('a call in order needs no words', () => {
  expect(callReasons(liveRow(EVENT))).toEqual([]);
});

test('what is wrong with a call is said with what to do', () => {
  const row = liveRow({ ...NOBODY, quality: 'unpriced', model: 'acme-finetune-3', status: 'cancelled' });
  expect(callReasons(row)).toEqual([
    'No rate is known for acme-finetune-3 of openai.',
    'No customer was named: wrap the request in withCustomer().',
    'Your app stopped reading before the end.',
  ]);
  expect(callReasons(liveRow({ ...EVENT, quality: 'estimated', status: 'error' }))).toHaveLength(2);
});

test.each([
  ['no filter', {}, '', true],
  ['its model', { model: ['gpt-4o', 'o3'] }, '', true],
  ['another model', { model: ['o3'] }, '', false],
  ['its customer and another section', { customer: ['acme'], section: ['step:plan'] }, '', false],
  ['a dimension live calls do not carry', { run: ['nightly'] }, '', true],
  ['part of its customer typed', {}, ' ACM ', true],
  ['its quality typed', {}, 'exact', true],
  ['something else typed', {}, 'claude', false],
])('with %s a call is shown: %#', (_name, filters, search, expected) => {
  expect(matchesView(liveRow(EVENT), { ...DEFAULT_VIEW, filters, search })).toBe(expected);
});

test('unattributed calls are found by filter and by word', () => {
  const row = liveRow(NOBODY);
  expect(matchesView(row, { filters: { customer: [''] }, search: 'unattr' })).toBe(true);
  expect(matchesView(row, { filters: { customer: ['acme'] }, search: '' })).toBe(false);
});

test.each([
  ['connecting', 0, 0, 'Connecting', 'is-warn'],
  ['closed', 0, 0, 'Not listening', 'is-warn'],
  ['open', 2000, 0, 'Listening for calls', 'is-off'],
  ['open', 30_000, 0, 'No calls right now', 'is-off'],
  ['open', 120_000, 214, '214 calls a minute', 'is-live'],
  ['open', 120_000, 1, '1 call a minute', 'is-live'],
  ['open', 30_000, 10, '20 calls a minute', 'is-live'],
] as const)('%s for %i ms with %i calls reads %j', (state, listenedMs, calls, text, dot) => {
  const nowMs = 1_000_000;
  const arrivalsMs = Array.from({ length: calls }, () => nowMs - 1000);
  expect(describeRate({ state, arrivalsMs, listeningSinceMs: nowMs - listenedMs }, nowMs)).toEqual({ text, dot });
});

test('calls older than a minute no longer count', () => {
  const nowMs = 1_000_000;
  expect(describeRate({ state: 'open', arrivalsMs: [nowMs - 61_000, nowMs - 5000], listeningSinceMs: 0 }, nowMs).text).toBe(
    '1 call a minute',
  );
});
