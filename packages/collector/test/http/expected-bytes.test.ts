import { expect, test } from 'vitest';
import { expectedBytes } from '../../src/http/expected-bytes.ts';

test.each([
  ['a plain body is as long as it says', { 'content-length': '1234' }, 1234],
  ['a compressed one becomes longer', { 'content-length': '1000', 'content-encoding': 'gzip' }, 8000],
  ['none becomes longer than may be', { 'content-length': '900000', 'content-encoding': 'gzip' }, 5_000_000],
  ['one that does not say is counted as it comes', {}, 64_000],
])('%s', (_what, headers, bytes) => {
  expect(expectedBytes({ headers })).toBe(bytes);
});
