import { expect, test } from 'vitest';
import { jsonAnswer, linesAnswer, originOf, streamAnswer, withHeaders, writeEvent, writeTypedEvent } from '../../src/providers/index.ts';

test('an event is named where it has a name, and ends with an empty line', () => {
  expect(writeEvent({ a: 1 })).toBe('data: {"a":1}\n\n');
  expect(writeEvent({ a: 1 }, 'ping')).toBe('event: ping\ndata: {"a":1}\n\n');
  expect(writeTypedEvent({ type: 'ping', a: 1 })).toBe('event: ping\ndata: {"type":"ping","a":1}\n\n');
});

test('lines are one value each, and so is the error among them', () => {
  const answer = linesAnswer('application/x-ndjson', [{ text: 'a\nb' }, {}], { error: 'e' });
  expect(answer.pieces).toEqual(['{"text":"a\\nb"}\n', '{}\n']);
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson' }, errorPiece: '{"error":"e"}\n' });
});

test('only a stream has an error inside', () => {
  expect(jsonAnswer(200, {}).errorPiece).toBeUndefined();
  expect(streamAnswer([], 'data: error\n\n')).toMatchObject({ errorPiece: 'data: error\n\n', pieces: [] });
});

test('more in the head takes nothing away, save what has the same name', () => {
  const answer = withHeaders(jsonAnswer(201, [1], { 'x-a': 'old', 'x-b': 'b' }), { 'x-a': 'new' });
  expect(answer).toEqual({ status: 201, headers: { 'content-type': 'application/json', 'x-a': 'new', 'x-b': 'b' }, pieces: ['[1]'] });
});

test('a fake is where its caller found it', () => {
  expect([originOf({ headers: { host: 'models.test:81' } }), originOf({ headers: {} })]).toEqual(['http://models.test:81', 'http://fake']);
});
