import { describe, expect, test } from 'vitest';
import { readSse } from '../../src/wire/index.ts';

const whole = (text: string): readonly string[] => readSse({ text, startsWhole: true, isEnd: true });

describe('events give their data', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['one a line', 'data: one\n\ndata: two\n\n', ['one', 'two']],
    ['with or without a space', 'data:one\n\ndata:  two\n\n', ['one', ' two']],
    ['with names, ids and comments beside it', ': hello\n\nevent: delta\nid: 4\ndata: one\n\n', ['one']],
    ['over several lines', 'data: one\ndata: two\n\n', ['one\ntwo']],
    ['with the line ends of Windows', 'event: x\r\ndata: one\r\n\r\ndata: two\r\n\r\n', ['one', 'two']],
    ['with the line ends of old', 'data: one\r\rdata: two\r\r', ['one', 'two']],
    ['without the last blank line', 'data: one\n\ndata: two', ['one', 'two']],
    ['when there are none', '', []],
  ])('%s', (_name, text, expected) => {
    expect(whole(text)).toEqual(expected);
  });
});

test('a text that starts or ends inside an event leaves that one out', () => {
  expect(readSse({ text: 'ne\n\ndata: two\n\ndata: thr', startsWhole: false, isEnd: false })).toEqual(['two']);
});

test('cut anywhere, the whole events of the rest are still found', () => {
  const text = 'event: a\ndata: {"n":1}\n\ndata: {"n":2}\n\ndata: {"n":3}\n\n';
  for (let cut = 0; cut < text.length; cut += 1) {
    const before = readSse({ text: text.slice(0, cut), startsWhole: true, isEnd: false });
    const after = readSse({ text: text.slice(cut), startsWhole: false, isEnd: true });
    expect(whole(text).slice(0, before.length)).toEqual(before);
    expect(after.length === 0 ? [] : whole(text).slice(-after.length)).toEqual(after);
    // A cut through a blank line costs the events on both sides of it.
    expect(before.length + after.length).toBeGreaterThanOrEqual(whole(text).length - 2);
  }
});
