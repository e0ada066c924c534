import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeBody, isEncoded } from '../../src/wire/index.ts';

const TEXT = 'the same text, again and again. '.repeat(200);
const BODY = Buffer.from(TEXT);

/** Written by Node 24: the types of Node 20 know no zstd. */
const ZSTD = Buffer.from('KLUv/WAAGCUBANB0aGUgc2FtZSB0ZXh0LCBhZ2FpbiBhbmQuIAIA3ThUxxQrYw==', 'base64');
const ENCODED: readonly (readonly [string, Buffer])[] = [
  ['gzip', zlib.gzipSync(BODY)],
  ['x-gzip', zlib.gzipSync(BODY)],
  ['deflate', zlib.deflateSync(BODY)],
  ['deflate', zlib.deflateRawSync(BODY)],
  ['br', zlib.brotliCompressSync(BODY)],
  ['zstd', ZSTD],
  ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(BODY))],
  ['GZIP', zlib.gzipSync(BODY)],
  ['identity', BODY],
  ['', BODY],
];

describe('a body is decoded', () => {
  test.each(ENCODED)('from %j', (encoding, bytes) => {
    expect(decodeBody(bytes, encoding)?.toString()).toBe(TEXT);
  });
});

describe('what can be read of a body that broke off is read', () => {
  const long = Buffer.from(Array.from({ length: 5000 }, (_, at) => `event ${at * 7919}\n`).join(''));
  test.each<readonly [string, Buffer]>([
    ['gzip', zlib.gzipSync(long)],
    ['deflate', zlib.deflateSync(long)],
    ['br', zlib.brotliCompressSync(long)],
  ])('in %s', (encoding, bytes) => {
    const part = decodeBody(bytes.subarray(0, bytes.length * 0.8), encoding);
    expect(part?.length).toBeGreaterThan(1000);
    expect(long.subarray(0, part?.length)).toEqual(part);
  });
});

test('what cannot be decoded is nothing, never an error', () => {
  expect(decodeBody(Buffer.from('plain text'), 'gzip')).toBeUndefined();
  expect(decodeBody(BODY, 'unheard-of')).toBeUndefined();
  expect(decodeBody(Buffer.alloc(0), 'gzip')).toHaveLength(0);
});

test('a bomb is not unpacked', () => {
  expect(decodeBody(zlib.gzipSync(Buffer.alloc(40 * 1024 * 1024)), 'gzip')).toBeUndefined();
});

test('an encoding is told from none', () => {
  expect([isEncoded('gzip'), isEncoded('identity'), isEncoded(''), isEncoded(undefined)]).toEqual([true, false, false, false]);
});
