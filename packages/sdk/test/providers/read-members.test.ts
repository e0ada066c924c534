import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLastObject, listMembers, readMembers } from '../../src/providers/read-members.ts';

describe('wanted members', () => {
  test.each<readonly [string, string, object]>([
    ['stand between others', '{"a":[1,{"model":"no"}],"model":"yes","z":1}', { model: 'yes' }],
    ['may be spread over lines', '{\n  "a" : "x",\n  "model" : "yes"\n}', { model: 'yes' }],
    ['are not found inside texts', '{"a":"\\"model\\":\\"no\\"","model":"yes"}', { model: 'yes' }],
    ['are not found behind escaped slashes', '{"a":"\\\\","model":"yes"}', { model: 'yes' }],
    ['may be objects', '{"usage":{"a":{"b":1}},"model":null}', { usage: { a: { b: 1 } }, model: null }],
    ['are left out where the text breaks off in them', '{"model":"yes","usage":{"a":1', { model: 'yes' }],
    ['are none in what is no object', '[{"model":"no"}]', {}],
    ['are none in nothing', '', {}],
  ])('%s', (_name, text, expected) => {
    expect(readMembers(text, ['model', 'usage'])).toEqual(expected);
  });

  test('are the same as JSON.parse would give, for any object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), fc.jsonValue()),
        fc.integer({ min: 0, max: 3 }),
        (object, indent) => {
          const names = Object.keys(object).filter((name) => JSON.stringify(name) === `"${name}"` && name !== '__proto__');
          const expected = Object.fromEntries(names.map((name) => [name, JSON.parse(JSON.stringify(object[name]))]));
          expect(readMembers(JSON.stringify(object, undefined, indent), names)).toEqual(expected);
        },
      ),
    );
  });
});

test('a text cut anywhere never makes a member up', () => {
  const text = '{"id":"chatcmpl-1","choices":[{"message":{"content":"a \\"quoted\\" word"}}],"usage":{"prompt_tokens":12}}';
  const whole = JSON.parse(text);
  for (let cut = 0; cut <= text.length; cut += 1) {
    const found = readMembers(text.slice(0, cut), ['id', 'usage']);
    for (const [name, value] of Object.entries(found)) expect(value).toEqual(whole[name]);
  }
});

test('members are listed as far as the text goes, with the one that has begun', () => {
  expect(listMembers('{"model":"m","messages":[{"role":"us')).toEqual(['model', 'messages']);
});

test('the last object of a name is found in a text that begins and ends anywhere', () => {
  const text = 'ent":"x"}]},"usage":null}\n\ndata: {"usage":{"a":1}}\n\ndata: {"usage": {"a": 2, "b": "}"}, "tail';
  expect(findLastObject(text, 'usage')).toEqual({ a: 2, b: '}' });
  expect(findLastObject('{"usage":{"a":1}} {"usage":{"a":', 'usage')).toEqual({ a: 1 });
  expect(findLastObject('"usage":null', 'usage')).toBeUndefined();
});
