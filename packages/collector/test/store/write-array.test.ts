import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { writeArray, type ArrayMember } from '../../src/store/ledger/write-array.ts';

const engine = await PGlite.create();
afterAll(() => engine.close());

test.for<[string, readonly ArrayMember[], string]>([
  ['nothing', [], '{}'],
  ['absent members', [null, undefined], '{NULL,NULL}'],
  ['what is no text', [1, -2n, 0.5, true], '{1,-2,0.5,true}'],
  ['an empty text, and one that reads like NULL', ['', 'NULL'], '{"","NULL"}'],
  ['signs with a meaning', ['a"b', 'a\\b', '{,}'], String.raw`{"a\"b","a\\b","{,}"}`],
])('%s', ([, members, text]) => {
  expect(writeArray(members)).toBe(text);
});

test('PostgreSQL reads back every text that was written', async () => {
  const storable = fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\u0000') && text.isWellFormed());
  const member = fc.option(fc.oneof(storable, fc.string({ unit: fc.constantFrom('"', '\\', ',', '{', '}', ' ', "'", 'x') })));
  await fc.assert(
    fc.asyncProperty(fc.array(member), async (members) => {
      // As text, and taken apart by the engine: its client has a reader of arrays of its own.
      const { rows } = await engine.query<{ member: string | null }>('SELECT unnest($1::text::text[]) AS member', [writeArray(members)]);
      expect(rows.map((row) => row.member)).toEqual(members);
    }),
  );
});
