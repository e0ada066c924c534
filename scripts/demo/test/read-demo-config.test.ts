import { randomKey } from '@llmobserve/testkit';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readDemoConfig } from '../read-demo-config.ts';

test('without settings the data lie in the folder and a key is to be made', () => {
  expect(readDemoConfig({}, [])).toEqual({ dataDir: resolve('.llmobserve'), apiKey: undefined, liveOpenAi: undefined });
});

test('given settings are taken; of several keys the first', () => {
  const [first, second] = [randomKey(), randomKey()];
  const config = readDemoConfig({ LLMOBSERVE_DATA_DIR: '/data', LLMOBSERVE_BOOTSTRAP_KEY: ` ${first} ,${second}` }, []);
  expect(config).toMatchObject({ dataDir: '/data', apiKey: first });
});

test('OpenAI itself is called only when that is asked for', () => {
  const env = { OPENAI_API_KEY: 'sk-real', OPENAI_BASE_URL: 'https://gateway.example/v1', PATH: '/bin' };
  expect(readDemoConfig(env, []).liveOpenAi).toBeUndefined();
  expect(readDemoConfig(env, ['--live']).liveOpenAi).toEqual({ OPENAI_API_KEY: 'sk-real', OPENAI_BASE_URL: 'https://gateway.example/v1' });
});

test.each([
  ['an unknown option', {}, ['--fast'], 'knows no "--fast"'],
  ['a malformed key', { LLMOBSERVE_BOOTSTRAP_KEY: 'llmo_sk_short' }, [], 'unset it'],
  ['--live without a key', { OPENAI_API_KEY: '  ' }, ['--live'], 'needs OPENAI_API_KEY'],
])('%s is one sentence that says what to do', (_name, env, args, words) => {
  expect(() => readDemoConfig(env, args)).toThrow(words);
});
