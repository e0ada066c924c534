import { expect, test } from 'vitest';
import { hostOfUrl } from '../../src/wire/host-of-url.ts';
import { readTarget } from '../../src/wire/read-target.ts';

test.each<readonly [string, string, object]>([
  ['/v1/chat', 'https://api.openai.com', { host: 'api.openai.com', path: '/v1/chat' }],
  ['/v1/chat?a=/b?c', 'http://127.0.0.1:4000', { host: '127.0.0.1:4000', path: '/v1/chat' }],
  ['http://llm.internal:4000/v1/chat?a=1', 'http://proxy:3128', { host: 'llm.internal:4000', path: '/v1/chat' }],
  ['/', 'https://API.OpenAI.com:443', { host: 'api.openai.com', path: '/' }],
])('%s at %s', (path, origin, expected) => {
  expect(readTarget(path, origin)).toEqual(expected);
});

test.each(['https://a.b/c', 'https://a.b:443', 'http://a.b:443/x', 'http://A.b:80/', 'http://[::1]:4000/', 'https://a.b:8443/c?d=e'])(
  'the host of %s is as URL has it',
  (url) => {
    expect(hostOfUrl(url)).toBe(new URL(url).host);
  },
);
