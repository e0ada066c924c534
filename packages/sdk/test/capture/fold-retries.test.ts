import { describe, expect, test } from 'vitest';
import type { EndedExchange } from '../../src/capture/exchange.ts';
import { createRetryFolder, type FoldedCall } from '../../src/capture/fold-retries.ts';
import type { Outcome } from '../../src/capture/read-exchange.ts';
import { findOperation } from '../../src/providers/index.ts';
import { ByteWindow } from '../../src/wire/index.ts';

const STARTED_AT_MS = Date.parse('2026-11-20T09:00:00Z');
const FAILED: Outcome = {
  reading: {},
  requestedModel: 'gpt-4o',
  status: 'error',
  error: { httpStatus: 500 },
  usage: undefined,
  usageQuality: 'unknown',
  isStream: false,
};

type Headers = Readonly<Record<string, string>>;

const SECOND: Headers = { 'x-stainless-retry-count': '1' };

/** An exchange of one millisecond, answered with a failure. */
function failure(status: number, answered: Headers = {}, asked: Headers = { 'x-stainless-retry-count': '0' }): EndedExchange<string> {
  const request = { method: 'POST', host: 'api.openai.com', path: '/v1/chat/completions', header: (name: string) => asked[name] };
  const found = findOperation(request, {});
  if (!found) throw new Error('the path of this test is no call');
  const received = new ByteWindow({ headBytes: 0, tailBytes: 0 });
  return {
    ...found,
    request,
    scope: 'acme',
    startedAtMs: STARTED_AT_MS,
    startedMs: 1000,
    endedMs: 1001,
    firstTokenMs: undefined,
    requestBody: new ByteWindow({ headBytes: 0, tailBytes: 0 }),
    answer: { status, header: (name) => answered[name], encoding: undefined, isStream: false, received },
    end: { how: 'complete' },
  };
}

function bytesOf(text: string): ByteWindow {
  const bytes = new ByteWindow({ headBytes: 100, tailBytes: 100 });
  bytes.push(Buffer.from(text));
  return bytes;
}

type Wait = { readonly delayMs: number; readonly run: () => void; isOff: boolean };

function startFolder(open: EndedExchange<string>[] = []) {
  const waits: Wait[] = [];
  const emitted: FoldedCall<string>[] = [];
  const folder = createRetryFolder<string>({
    isSameScope: Object.is,
    isUnderWay: (isSuch) => open.some(isSuch),
    emit: (call) => void emitted.push(call),
    after(delayMs, run) {
      const wait: Wait = { delayMs, run, isOff: false };
      waits.push(wait);
      return () => (wait.isOff = true);
    },
  });
  return { folder, waits, emitted };
}

describe('a failure is held as long as its client would wait, and half a second', () => {
  test.each<readonly [string, number, Headers, number]>([
    ['by its own schedule', 500, {}, 1500],
    ['as long as it was asked to in milliseconds', 429, { 'retry-after-ms': '40' }, 540],
    ['as long as it was asked to in seconds', 429, { 'retry-after': '20' }, 20_500],
    ['until the moment it was asked to', 503, { 'retry-after': 'Fri, 20 Nov 2026 09:00:10 GMT' }, 10_499],
    ['by its own schedule when asked for more than a minute', 429, { 'retry-after': '3600' }, 1500],
    ['because the provider says to try again', 400, { 'x-should-retry': 'true' }, 1500],
  ])('%s', (_name, status, headers, delayMs) => {
    const { folder, waits, emitted } = startFolder();
    folder.settle(failure(status, headers, SECOND), FAILED, undefined);
    expect(emitted).toEqual([]);
    expect(waits.map((wait) => wait.delayMs)).toEqual([delayMs]);
    waits[0]?.run();
    expect(emitted).toMatchObject([{ attempts: 2 }]);
    expect(folder.heldCount()).toBe(0);
  });

  test.each<readonly [string, Headers, Headers, number]>([
    ['that numbers nothing', {}, {}, 2500],
    ['that begins again at nought', {}, { 'x-stainless-retry-count': '0' }, 2500],
    ['that was asked to come sooner', { 'retry-after-ms': '40' }, {}, 2500],
    ['that was asked to come later', { 'retry-after': '20' }, {}, 20_500],
  ])('two seconds at least for a client %s', (_name, answered, asked, delayMs) => {
    const { folder, waits } = startFolder();
    folder.settle(failure(429, answered, asked), FAILED, undefined);
    expect(waits.map((wait) => wait.delayMs)).toEqual([delayMs]);
  });

  test('twice as long with each numbered attempt, to eight seconds', () => {
    const { folder, waits } = startFolder();
    for (const count of ['1', '2', '3', '4', '5']) {
      const record = failure(500, {}, { 'x-stainless-retry-count': count });
      folder.settle(record, FAILED, folder.claim(record.request, record.scope));
    }
    expect(waits.map((wait) => wait.delayMs)).toEqual([1500, 2500, 4500, 8500, 8500]);
  });
});

test.each<readonly [string, number, Headers]>([
  ['a bad request', 400, {}],
  ['a wrong key', 401, {}],
  ['what the provider forbids to retry', 500, { 'x-should-retry': 'false' }],
])('%s is handed over at once', (_name, status, headers) => {
  const { folder, emitted } = startFolder();
  folder.settle(failure(status, headers), FAILED, undefined);
  expect(emitted).toHaveLength(1);
});

describe('a request claims the failed call it tries again', () => {
  test('by its number, its target and its scope', () => {
    const { folder, waits } = startFolder();
    folder.settle(failure(500), FAILED, undefined);
    const next = (count: string, scope = 'acme') => folder.claim(failure(200, {}, { 'x-stainless-retry-count': count }).request, scope);
    expect(next('2')).toBeUndefined();
    expect(next('1', 'globex')).toBeUndefined();
    expect(next('1')).toMatchObject({ attempts: 1 });
    expect(waits[0]?.isOff).toBe(true);
    expect(next('1')).toBeUndefined();
  });

  test.each<readonly [string, Headers]>([
    ['numbers nothing', {}],
    ['begins again at nought', { 'x-stainless-retry-count': '0' }],
  ])('by its bytes, once it has ended, where its client %s', (_name, asked) => {
    const { folder, waits, emitted } = startFolder();
    folder.settle(failure(500, {}, asked), FAILED, undefined);
    const retry = { ...failure(500, {}, asked), startedMs: 1002 };
    expect(folder.claim(retry.request, retry.scope)).toBeUndefined();
    folder.settle(retry, { ...FAILED, status: 'ok' }, undefined);
    expect(emitted).toMatchObject([{ attempts: 2, startedMs: 1000, outcome: { status: 'ok' } }]);
    expect(folder.heldCount()).toBe(0);
    expect(waits[0]?.isOff).toBe(true);
  });

  test.each<readonly [string, Partial<EndedExchange<string>>]>([
    ['the bytes are others', { startedMs: 1002, requestBody: bytesOf('another question') }],
    ['the same was asked before it failed', { startedMs: 1000.5 }],
    ['another customer asked', { startedMs: 1002, scope: 'globex' }],
  ])('and leaves it to its own retry where %s', (_name, change) => {
    const { folder, emitted } = startFolder();
    folder.settle(failure(500), FAILED, undefined);
    const other = { ...failure(200), ...change };
    folder.settle(other, { ...FAILED, status: 'ok' }, folder.claim(other.request, other.scope));
    expect(emitted).toMatchObject([{ attempts: 1, outcome: { status: 'ok' } }]);
    const retry = failure(200, {}, SECOND);
    folder.settle(retry, { ...FAILED, status: 'ok' }, folder.claim(retry.request, retry.scope));
    expect(emitted).toMatchObject([{ attempts: 1 }, { attempts: 2 }]);
  });
});

describe('a failure whose wait is over', () => {
  const retry = (startedMs: number) => ({ ...failure(200), startedMs });

  test('waits on for a request that may be its retry, a minute at most', () => {
    const { folder, waits, emitted } = startFolder([retry(1500)]);
    folder.settle(failure(500), FAILED, undefined);
    for (let i = 0; i < waits.length; i += 1) waits[i]?.run();
    expect(emitted).toHaveLength(1);
    expect(waits.length * 2500).toBeGreaterThanOrEqual(60_000);
    expect(waits.length * 2500).toBeLessThanOrEqual(65_000);
  });

  test.each([
    ['began when the wait was over', retry(4000)],
    ['had begun before the failure', retry(1000)],
    ['is for another customer', { ...retry(1500), scope: 'globex' }],
  ])('is handed over when what is under way %s', (_name, other) => {
    const { folder, waits, emitted } = startFolder([other]);
    folder.settle(failure(500), FAILED, undefined);
    waits[0]?.run();
    expect(emitted).toHaveLength(1);
    expect(folder.heldCount()).toBe(0);
  });
});
