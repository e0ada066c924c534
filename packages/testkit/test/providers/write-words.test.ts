import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { countWords, hashOf, splitWords, writeJsonFor, writePieces, writeVector, writeWords } from '../../src/providers/index.ts';

test('the same hash writes the same words, as many as were asked for', () => {
  expect(writeWords(7, 12)).toEqual(writeWords(7, 12));
  expect(writeWords(7, 12)).not.toEqual(writeWords(8, 12));
  for (const count of [0, 1, 500]) expect(countWords(writeWords(99, count).join(' '))).toBe(count);
});

test('the pieces of a text make the text, and a text falls into such pieces', () => {
  const text = writeWords(5, 9).join(' ');
  expect(writePieces(5, 9).join('')).toBe(text);
  expect(splitWords(text)).toEqual(writePieces(5, 9));
  expect([writePieces(5, 0), splitWords('')]).toEqual([[], []]);
});

test('a text has one vector, and another text another', () => {
  expect(writeVector('whales')).toEqual(writeVector('whales'));
  expect(writeVector('whales')).not.toEqual(writeVector('snails'));
  expect(writeVector('').every((value) => value >= -1 && value < 1)).toBe(true);
});

test('a hash has 32 bits and tells texts apart', () => {
  const hashes = Array.from({ length: 2000 }, (_, number) => hashOf(`text ${number}`));
  expect(new Set(hashes).size).toBe(2000);
  expect(hashes.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32)).toBe(true);
});

describe('what is written for a schema fits it', () => {
  const Step = z.object({ text: z.string(), minutes: z.number() });
  test.each<[string, z.ZodType]>([
    ['texts and numbers', z.object({ a: z.string(), b: z.number(), c: z.int(), d: z.boolean() })],
    ['lists of objects', z.object({ steps: z.array(Step) })],
    ['choices', z.object({ grade: z.enum(['a', 'b', 'c']), fixed: z.literal('x') })],
    ['what may be absent', z.object({ note: z.string().nullable() })],
    ['one of several shapes', z.object({ either: z.union([Step, z.string()]) })],
    ['nested shapes', z.object({ deep: z.object({ deeper: z.object({ deepest: z.array(z.array(z.boolean())) }) }) })],
  ])('%s', (_name, shape) => {
    for (let hash = 0; hash < 20; hash += 1) expect(shape.safeParse(writeJsonFor(z.toJSONSchema(shape), hash)).success).toBe(true);
  });

  test('references are followed', () => {
    const schema = { type: 'object', properties: { step: { $ref: '#/$defs/step' } }, $defs: { step: { type: 'string' } } };
    expect(writeJsonFor(schema, 1)).toEqual({ step: expect.any(String) });
  });

  test('a schema that holds itself comes to an end', () => {
    const schema = { type: 'object', properties: { next: { $ref: '#' } } };
    expect(JSON.stringify(writeJsonFor(schema, 1)).length).toBeLessThan(500);
  });

  test('no schema at all is null', () => {
    expect([writeJsonFor(undefined, 1), writeJsonFor('text', 1), writeJsonFor({ $ref: '#/nowhere' }, 1)]).toEqual([null, null, null]);
  });
});
