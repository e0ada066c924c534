import { describe, expect, test } from 'vitest';
import { checkClock } from '../../src/cli/check-clock.ts';
import { checkKey } from '../../src/cli/check-key.ts';
import { checkRuntime } from '../../src/cli/check-runtime.ts';
import { judgeConnection } from '../../src/cli/judge-connection.ts';
import { judgeProbe, PROBE_MARK } from '../../src/cli/judge-probe.ts';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { KEY } from '../support/start-test-engine.ts';

const NOON_MS = Date.parse('2026-11-20T12:00:00.000Z');

test.each([
  [undefined, 'fail', 'is not set'],
  ['  ', 'fail', 'is not set'],
  [KEY, 'ok', 'has the form of a key'],
  [`${KEY}\n`, 'ok', 'has the form of a key'],
  [`"${KEY}"`, 'fail', 'quotation marks'],
  ['sk-proj-abc', 'fail', 'does not begin with llmo_sk_'],
  [KEY.slice(0, -1), 'fail', 'has 45 characters instead of 46'],
  [KEY.replace('T8', 'T9'), 'fail', 'wrong checksum'],
])('the key %s: %s', (key, status, message) => {
  const check = checkKey(key);
  expect(check).toMatchObject({ status, message: expect.stringContaining(message) });
  if (key) expect(JSON.stringify(check)).not.toContain(key.trim().slice(8, 20) || 'nothing');
});

test.each([
  ['Fri, 20 Nov 2026 12:00:00 GMT', 'ok', 'agrees'],
  ['Fri, 20 Nov 2026 12:00:04 GMT', 'ok', 'agrees'],
  ['Fri, 20 Nov 2026 12:01:00 GMT', 'warn', '60 s behind'],
  ['Fri, 20 Nov 2026 11:59:00 GMT', 'warn', '59 s ahead of'],
  ['Sat, 21 Nov 2026 13:00:00 GMT', 'fail', 'refused as out of range'],
  [undefined, 'skip', 'no Date'],
  ['yesterday', 'skip', 'no Date'],
])('a collector whose clock says %s: %s', (date, status, message) => {
  expect(checkClock(date, { sentMs: NOON_MS, answeredMs: NOON_MS + 200 })).toMatchObject({
    status,
    message: expect.stringContaining(message),
  });
});

test.each([
  ['20.0.0', 'ok'],
  ['26.1.0', 'ok'],
  ['18.20.4', 'fail'],
])('Node %s: %s', (version, status) => {
  expect(checkRuntime(version).status).toBe(status);
});

describe('what the collector answers is told in words', () => {
  const where = { origin: 'https://c.example', hasProxy: false, hasKey: true };
  const answer = (status: number, body: unknown = {}) =>
    judgeConnection({ kind: 'answer', status, body: JSON.stringify(body), headers: {}, steps: 'name 1 ms' }, where);

  test.each([
    [401, 'access', 'does not know this key'],
    [403, 'access', 'forbids'],
    [404, 'connection', 'that is no collector'],
    [302, 'connection', 'answered 302: that is no collector'],
    [503, 'connection', 'answered 503'],
  ])('%d', (status, name, message) => {
    expect(answer(status).at(-1)).toMatchObject({ name, status: 'fail', message: expect.stringContaining(message) });
  });

  test('where there is no key, none is said to be unknown', () => {
    const asked = { kind: 'answer', status: 401, body: '{}', headers: {}, steps: 'name 1 ms' } as const;
    expect(judgeConnection(asked, { ...where, hasKey: false })).toMatchObject([
      { name: 'connection', status: 'ok' },
      { name: 'access', status: 'skip' },
    ]);
  });

  test('too many requests are nobody’s fault', () => {
    expect(answer(429).at(-1)).toMatchObject({ name: 'access', status: 'warn' });
  });

  test('a key that may only read cannot send', () => {
    const ping = { workspace: { id: 'w', name: 'Acme' }, scopes: ['read'] };
    expect(answer(200, ping).at(-1)).toMatchObject({ name: 'access', status: 'fail', advice: 'make a key with the scope ingest' });
  });

  test.each([
    ['name', 'ENOTFOUND', 'name that cannot be found'],
    ['tcp', 'ETIMEDOUT', 'did not answer in time'],
    ['http', 'ETIMEDOUT', 'takes connections and answers nothing'],
    ['tls', 'SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['tls', 'CERT_HAS_EXPIRED', 'certificate'],
    ['http', 'ECONNRESET', 'broke the connection'],
    ['http', 'EWHATEVER', 'cannot be reached'],
  ] as const)('a way that ends at %s with %s', (at, code, message) => {
    expect(judgeConnection({ kind: 'failure', at, code }, where)).toMatchObject([
      { status: 'fail', message: expect.stringContaining(message) },
    ]);
  });

  test('a proxy that the SDK does not use is mentioned where the way fails', () => {
    const [check] = judgeConnection({ kind: 'failure', at: 'tcp', code: 'ETIMEDOUT' }, { ...where, hasProxy: true });
    expect(check?.message).toContain('HTTP proxy');
  });
});

describe('words on the command line', () => {
  test.each([
    [[], { kind: 'help' }],
    [['doctor', '-h'], { kind: 'help' }],
    [['--version'], { kind: 'version' }],
    [['doctor'], { kind: 'doctor', collectorUrl: undefined, isJson: false, isOffline: false }],
    [['doctor', '--collector', 'http://c', '--json'], { kind: 'doctor', collectorUrl: 'http://c', isJson: true, isOffline: false }],
    [
      ['doctor', '--offline', '--collector=http://c/?a=b'],
      { kind: 'doctor', collectorUrl: 'http://c/?a=b', isJson: false, isOffline: true },
    ],
    [['docter'], { kind: 'mistake', message: 'there is no command "docter": the only one is doctor' }],
    [['doctor', '--collector'], { kind: 'mistake', message: expect.stringContaining('--collector needs a URL behind it') }],
    [['doctor', '--collector', '--json'], { kind: 'mistake', message: expect.stringContaining('--collector needs a URL behind it') }],
    [['doctor', '--key=abc'], { kind: 'mistake', message: '"--key=abc" is no option of doctor' }],
    [['doctor', '--json=no'], { kind: 'mistake', message: '"--json=no" is no option of doctor' }],
    [['doctor', 'now'], { kind: 'mistake', message: '"now" is no option of doctor' }],
  ])('%j', (words, command) => {
    expect(readArguments(words)).toEqual(command);
  });
});

describe('a self-test', () => {
  const print = (told: unknown): { stdout: string; stderr: string; isLate: boolean } => ({
    stdout: `a client’s own line\n${PROBE_MARK}${JSON.stringify(told)}\n`,
    stderr: '',
    isLate: false,
  });
  const event = { provider: 'openai', usage: { output: 3, input: 11 } };

  test.each([
    ['one event with the right usage', print({ events: [event] }), 'ok', 'one call, one event'],
    ['no event', print({ events: [] }), 'fail', 'not captured'],
    ['two events', print({ events: [event, event] }), 'fail', 'captured 2 times'],
    ['another usage', print({ events: [{ ...event, usage: { input: 14 } }] }), 'fail', 'read wrong'],
    ['another provider', print({ events: [{ ...event, provider: 'groq' }] }), 'fail', 'read wrong'],
    ['an event in spite of an error', print({ events: [event], error: 'the answer was not to its taste' }), 'ok', 'one call, one event'],
    ['an error and no event', print({ events: [], error: 'no' }), 'warn', 'could not make its call: no'],
    ['nothing', { stdout: '', stderr: 'SyntaxError: x\n    at y', isLate: false }, 'fail', 'ended without a word: SyntaxError: x'],
    ['no end', { stdout: '', stderr: '', isLate: true }, 'fail', 'took too long'],
  ])('with %s', (_name, run, status, message) => {
    expect(judgeProbe('openai 7.0.0', 'openai', run)).toMatchObject({
      name: 'capture openai 7.0.0',
      status,
      message: expect.stringContaining(message),
    });
  });
});
