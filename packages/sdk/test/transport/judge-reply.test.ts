import { describe, expect, test } from 'vitest';
import { judgeReply, type Reply } from '../../src/transport/judge-reply.ts';

const NOW_MS = Date.UTC(2026, 10, 20);

function answer(status: number, body: unknown, retryAfter?: string): Reply {
  return { kind: 'answer', status, retryAfter, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

describe('works', () => {
  test('an answer that adds up settles the batch', () => {
    const verdict = judgeReply(answer(200, { accepted: 2, duplicates: 1, rejected: [] }), 3, NOW_MS);
    expect(verdict).toEqual({ kind: 'settled', arrived: 3, refusals: [] });
  });

  test('a refusal names its event, also under a reason we do not know yet', () => {
    const rejected = [{ index: 1, code: 'reason_of_tomorrow', detail: 'no' }];
    const verdict = judgeReply(answer(422, { accepted: 0, duplicates: 1, rejected }), 2, NOW_MS);
    expect(verdict).toEqual({ kind: 'settled', arrived: 1, refusals: rejected });
  });

  test.each([
    ['seconds', '7', 7000],
    ['a date', new Date(NOW_MS + 9000).toUTCString(), 9000],
    ['a date that has passed', new Date(NOW_MS - 9000).toUTCString(), undefined],
    ['an hour, cut to a minute', '3600', 60_000],
    ['a negative number', '-1', undefined],
    ['words', 'later', undefined],
    ['nothing', undefined, undefined],
  ])('Retry-After of 503 may be %s', (_name, header, retryAfterMs) => {
    expect(judgeReply(answer(503, {}, header), 1, NOW_MS)).toMatchObject({ kind: 'retry', cause: 'unavailable', retryAfterMs });
  });

  test('a quota may ask for an hour', () => {
    const verdict = judgeReply(answer(429, { code: 'quota_exceeded' }, '3600'), 1, NOW_MS);
    expect(verdict).toMatchObject({ kind: 'retry', cause: 'quota_exceeded', retryAfterMs: 3_600_000 });
  });
});

describe('refuses', () => {
  test.each([
    ['the page of a proxy', '<html>Welcome</html>'],
    ['nothing', ''],
    ['too few', { accepted: 1, duplicates: 0, rejected: [] }],
    ['too many', { accepted: 3, duplicates: 0, rejected: [] }],
    ['a negative count', { accepted: 3, duplicates: -1, rejected: [] }],
    ['a fraction', { accepted: 1.5, duplicates: 0.5, rejected: [] }],
    ['no list', { accepted: 2, duplicates: 0 }],
    ['a refusal that is none', { accepted: 1, duplicates: 0, rejected: ['no'] }],
    ['null', null],
  ])('200 with %s acknowledges nothing', (_name, body) => {
    expect(judgeReply(answer(200, body), 2, NOW_MS)).toMatchObject({ kind: 'retry', cause: 'not_understood' });
  });

  test.each([
    [413, 'split'],
    [401, 'stop'],
    [400, 'retry'],
    [422, 'retry'],
    [403, 'retry'],
    [301, 'retry'],
    [404, 'retry'],
    [405, 'retry'],
    [408, 'retry'],
    [415, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [507, 'retry'],
  ])('%i with the page of a gateway means %s', (status, kind) => {
    expect(judgeReply(answer(status, '<html>'), 2, NOW_MS).kind).toBe(kind);
  });

  test.each([
    [400, 'split'],
    [413, 'split'],
    [422, 'split'],
    [401, 'stop'],
    [403, 'stop'],
  ])('%i with a problem means %s', (status, kind) => {
    expect(judgeReply(answer(status, { code: 'any' }), 2, NOW_MS).kind).toBe(kind);
  });

  test.each([
    [false, 'unreachable'],
    [true, 'stale_connection'],
  ])('a broken connection (kept: %s) is %s', (isStaleConnection, cause) => {
    expect(judgeReply({ kind: 'failure', reason: 'ECONNRESET', isStaleConnection }, 2, NOW_MS)).toMatchObject({ kind: 'retry', cause });
  });
});
