import { describe, expect, test } from 'vitest';
import { resolveConfig } from '../src/config.ts';
import { createDiagnostics } from '../src/diagnostics.ts';

const NEEDED = { env: {}, isKeyNeeded: true };

describe('settings', () => {
  test('code beats environment beats default', () => {
    const env = { LLMOBSERVE_API_KEY: 'from-env', LLMOBSERVE_COLLECTOR_URL: 'http://env:1' };
    expect(resolveConfig({}, { env, isKeyNeeded: true })).toMatchObject({ apiKey: 'from-env', collectorUrl: 'http://env:1' });
    const options = { apiKey: 'from-code\n', collectorUrl: 'http://code:2' };
    expect(resolveConfig(options, { env, isKeyNeeded: true })).toMatchObject({ apiKey: 'from-code', collectorUrl: 'http://code:2' });
    expect(resolveConfig({ apiKey: 'k' }, NEEDED)).toMatchObject({
      eventsUrl: new URL('https://api.llmobserve.com/v1/events'),
      flushIntervalMs: 500,
      maxQueueBytes: 8_388_608,
      isEnabled: true,
      isDebug: false,
    });
  });

  test('an empty key or address is none: the environment’s counts', () => {
    const env = { LLMOBSERVE_API_KEY: 'from-env', LLMOBSERVE_COLLECTOR_URL: 'http://env:1' };
    const empty = { apiKey: ' ', collectorUrl: '' };
    expect(resolveConfig(empty, { env, isKeyNeeded: true })).toMatchObject({ apiKey: 'from-env', collectorUrl: 'http://env:1' });
  });

  test('hosts to tell are lower-case names, tags are texts, and what is neither is left out', () => {
    const untyped: unknown[] = ['*.Internal', ' api.internal:8080 ', '', 7, null];
    const options = {
      apiKey: 'k',
      propagateTo: untyped as string[],
      tags: { seats: 3, trial: true, list: [] } as unknown as Record<string, string>,
    };
    expect(resolveConfig(options, NEEDED)).toMatchObject({
      propagateTo: ['*.internal', 'api.internal:8080'],
      tags: { seats: '3', trial: 'true' },
    });
    expect(resolveConfig({ apiKey: 'k', propagateTo: 'one.internal' as unknown as string[] }, NEEDED).propagateTo).toEqual([
      'one.internal',
    ]);
    expect(resolveConfig({ apiKey: 'k' }, NEEDED)).toMatchObject({ propagateTo: [], tags: undefined });
  });

  test.each([
    ['http://localhost:8787', 'http://localhost:8787/v1/events'],
    ['http://localhost:8787/', 'http://localhost:8787/v1/events'],
    ['https://host/base//', 'https://host/base/v1/events'],
    ['https://host/base?x=1#y', 'https://host/base/v1/events'],
    ['ftp://host', undefined],
    ['localhost', undefined],
    ['localhost:8787', undefined],
  ])('events go from %s to %s', (collectorUrl, expected) => {
    expect(resolveConfig({ apiKey: 'k', collectorUrl }, NEEDED).eventsUrl?.href).toBe(expected);
  });

  test.each([
    [-1, 500],
    [Number.NaN, 500],
    [0, 0],
    [250, 250],
    [1e9, 60_000],
  ])('a flush interval of %d ms is taken as %d', (flushIntervalMs, expected) => {
    expect(resolveConfig({ apiKey: 'k', flushIntervalMs }, NEEDED).flushIntervalMs).toBe(expected);
  });

  test('names that do not fit are made to', () => {
    const config = resolveConfig({ apiKey: 'k', environment: 'a\nb', release: 'x'.repeat(300), customer: '' }, NEEDED);
    expect(config).toMatchObject({ environment: 'a_b', release: 'x'.repeat(200), customer: undefined });
  });

  test('only a missing key is misuse, and only when one is needed', () => {
    expect(() => resolveConfig({}, NEEDED)).toThrow(/llmobserve: pass \{ apiKey \} to init\(\) or set LLMOBSERVE_API_KEY/);
    expect(() => resolveConfig({ apiKey: ' ' }, NEEDED)).toThrow(TypeError);
    expect(resolveConfig({ enabled: false }, NEEDED).isEnabled).toBe(false);
    expect(resolveConfig({}, { env: {}, isKeyNeeded: false }).isEnabled).toBe(true);
  });
});

describe('what the SDK says', () => {
  test('is said once per cause, debug only on demand, and never thrown', () => {
    const lines: string[] = [];
    const diagnostics = createDiagnostics((line) => lines.push(line));
    diagnostics.warnOnce('a', 'first');
    diagnostics.warnOnce('a', 'again');
    diagnostics.debug('unasked');
    diagnostics.setDebug(true);
    diagnostics.debug('asked');
    expect(lines).toEqual(['llmobserve: first', 'llmobserve: asked']);

    const broken = createDiagnostics(() => {
      throw new Error('closed');
    });
    broken.warnOnce('a', 'first');
    broken.count('b');
    expect(broken.counts()).toEqual({ diagnostics_write: 1, b: 1 });
  });

  test('has a bound on causes', () => {
    const lines: string[] = [];
    const diagnostics = createDiagnostics((line) => lines.push(line));
    for (let cause = 0; cause < 500; cause += 1) {
      diagnostics.warnOnce(`cause ${cause}`, 'x');
      diagnostics.count(`cause ${cause}`);
    }
    expect(lines).toHaveLength(100);
    expect(Object.keys(diagnostics.counts())).toHaveLength(100);
  });
});
