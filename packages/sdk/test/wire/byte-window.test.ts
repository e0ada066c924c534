import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWindow } from '../../src/wire/index.ts';

function fill(limits: { headBytes: number; tailBytes: number }, chunks: readonly Uint8Array[]): { window: ByteWindow; dropped: Buffer } {
  const dropped: Uint8Array[] = [];
  const window = new ByteWindow(limits, (pieces) => void dropped.push(...pieces));
  for (const chunk of chunks) window.push(chunk);
  return { window, dropped: Buffer.concat(dropped) };
}

test('head, dropped and tail are the body, and memory has an edge', () => {
  const limits = { headBytes: 16, tailBytes: 8 };
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 40 }), (chunks) => {
      const body = Buffer.concat(chunks);
      const { window, dropped } = fill(limits, chunks);
      const [head, tail] = [window.head(), window.tail()];
      expect(Buffer.concat([head, dropped, tail])).toEqual(body);
      expect(window.totalBytes).toBe(body.length);
      expect(window.isWhole).toBe(dropped.length === 0);
      expect(head.length).toBe(Math.min(body.length, 16));
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
  const { window, dropped } = fill({ headBytes: 10, tailBytes: 10 }, [giant]);
  giant.fill('y');
  expect(window.head().toString()).toBe('x'.repeat(10));
  expect(window.tail().toString()).toBe('x'.repeat(10));
  expect(dropped.length).toBe(1_000_000 - 20);
});
