import { randomKey } from '@llmobserve/testkit';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig, type Env } from '../src/config.ts';
import { StartError } from '../src/failures.ts';

describe('works', () => {
  test('without any setting: loopback, the known port, an embedded database here', () => {
    expect(readConfig({})).toMatchObject({
      port: 8787,
      host: '127.0.0.1',
      store: { engine: 'embedded', dataDir: resolve('.llmobserve') },
      bootstrapKeys: [],
      hasSignInLink: false,
      logLevel: 'info',
    });
  });

  test('with every setting', () => {
    const keys = [randomKey(), randomKey()];
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgresql://me:p%40ss@db:5432/ledger?sslmode=require',
      LLMOBSERVE_BOOTSTRAP_KEY: ` ${keys.join(' , ')} `,
      LLMOBSERVE_METRICS_TOKEN: 'secret',
      LLMOBSERVE_SIGN_IN_LINK: '1',
      LOG_LEVEL: 'warn',
    };
    expect(readConfig(env)).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      store: { engine: 'postgres', url: env.DATABASE_URL },
      bootstrapKeys: keys,
      metricsToken: 'secret',
      hasSignInLink: true,
      logLevel: 'warn',
    });
  });

  test('an empty variable is an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', LLMOBSERVE_DATA_DIR: '', LLMOBSERVE_BOOTSTRAP_KEY: '', LOG_LEVEL: '' })).toEqual(
      readConfig({}),
    );
  });
});

describe('refuses', () => {
  const key = randomKey();
  test.for<[string, Env, RegExp]>([
    ['a port that is no number', { PORT: '80a' }, /^PORT is "80a": set it to a whole number from 0 to 65535/],
    ['a port beyond the last', { PORT: '65536' }, /^PORT is "65536"/],
    ['a negative port', { PORT: '-1' }, /^PORT is "-1"/],
    [
      'another kind of database',
      { DATABASE_URL: 'mysql://me:secret@db/x' },
      /^DATABASE_URL is not a PostgreSQL URL: set it to postgres:\/\//,
    ],
    ['a URL that cannot be read', { DATABASE_URL: 'postgres://[' }, /^DATABASE_URL is not/],
    [
      'a key with a wrong checksum',
      { LLMOBSERVE_BOOTSTRAP_KEY: `${key},${key.slice(0, -1)}` },
      /^Key 2 of LLMOBSERVE_BOOTSTRAP_KEY is malformed/,
    ],
    ['a key that is there twice', { LLMOBSERVE_BOOTSTRAP_KEY: `${key},${key}` }, /^Key 2 of LLMOBSERVE_BOOTSTRAP_KEY is there twice/],
    ['a comma too many', { LLMOBSERVE_BOOTSTRAP_KEY: `${key},` }, /^Key 2 of LLMOBSERVE_BOOTSTRAP_KEY is malformed/],
    ['a flag that is neither', { LLMOBSERVE_SIGN_IN_LINK: 'maybe' }, /^LLMOBSERVE_SIGN_IN_LINK is "maybe": set it to 1 or 0/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL is "loud": set it to one of debug, info/],
  ])('%s', ([, env, sentence]) => {
    expect(() => readConfig(env)).toThrow(StartError);
    expect(() => readConfig(env)).toThrow(sentence);
  });

  test('everything that is wrong at once, and shows no secret', () => {
    const env = { PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@db', LLMOBSERVE_BOOTSTRAP_KEY: 'llmo_sk_hunter2', LOG_LEVEL: 'x' };
    const failure = (() => {
      try {
        return readConfig(env);
      } catch (error) {
        return error;
      }
    })();
    expect(String(failure).split('\n')).toHaveLength(4);
    expect(String(failure)).not.toContain('hunter2');
  });
});
