import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWindow } from '../../src/wire/index.ts';

test('head and tail are the ends of the body, and memory has an edge', () => {
  const limits = { headBytes: 16, tailBytes: 8 };
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 40 }), (chunks) => {
      const body = Buffer.concat(chunks);
      const window = new ByteWindow(limits);
      for (const chunk of chunks) window.push(chunk);
      const [head, tail] = [window.head(), window.tail()];
      expect(head).toEqual(body.subarray(0, 16));
      expect(tail).toEqual(body.subarray(body.length - tail.length));
      expect(window.totalBytes).toBe(body.length);
      expect(window.isWhole).toBe(head.length + tail.length === body.length);
      expect(tail.length).toBeLessThanOrEqual(16 + 70);
      if (window.isWhole) expect(window.joined()).toEqual(body);
      else expect(tail.length).toBeGreaterThanOrEqual(8);
    }),
  );
});

test('a small chunk is kept as it is, not copied', () => {
  const window = new ByteWindow({ headBytes: 0, tailBytes: 100 });
  const chunk = Buffer.from('the same bytes');
  window.push(chunk);
  chunk[0] = 'T'.charCodeAt(0);
  expect(window.tail().toString()).toBe('The same bytes');
});

test('a giant chunk is let go but for its ends', () => {
  const giant = Buffer.alloc(1_000_000, 'x');
  const window = new ByteWindow({ headBytes: 10, tailBytes: 10 });
  window.push(giant);
  giant.fill('y');
  expect(window.head().toString()).toBe('x'.repeat(10));
  expect(window.tail().toString()).toBe('x'.repeat(10));
  expect([window.isWhole, window.totalBytes]).toEqual([false, 1_000_000]);
});
