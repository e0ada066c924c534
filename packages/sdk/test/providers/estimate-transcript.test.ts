import { expect, test } from 'vitest';
import { estimateTranscript } from '../../src/providers/openai/complete-transcript.ts';

function estimate(answer: string, model = 'whisper-1'): object | undefined {
  const request = { text: '', isWhole: true, totalBytes: 0, member: (name: string) => (name === 'model' ? model : undefined) };
  return estimateTranscript(request, { request, header: () => undefined, head: answer, tail: answer, isWhole: true, keptShare: 1 });
}

test.each<readonly [string, string, object | undefined]>([
  [
    'SRT tells when its last line ends',
    '1\n00:00:00,000 --> 00:00:04,000\na\n\n2\n00:00:04,000 --> 01:02:03,250\nb\n',
    { seconds: 3723.25 },
  ],
  ['WebVTT may leave the hours out', 'WEBVTT\n\n00:00.000 --> 01:05.500\na\n', { seconds: 65.5 }],
  ['words are spoken at some 150 a minute', 'how many words are these in all of it '.repeat(10), { seconds: 25 }],
  ['a Chinese sign takes as long as half a word', '今天的价格是多少'.repeat(5), { seconds: 8 }],
  ['the shortest text takes a second', 'a', { seconds: 1 }],
  ['without an answer nothing is known', '', undefined],
])('%s', (_name, answer, expected) => {
  expect(estimate(answer)).toEqual(expected);
});

test('of a stream and of JSON only what was said counts', () => {
  const said = 'how many words are these in all of it '.repeat(10);
  expect(estimate(JSON.stringify({ text: said, logprobs: Array(900).fill(0) }))).toEqual({ seconds: 25 });
  const events = said.split(' ').map((word) => `data: {"type":"transcript.text.delta","delta":" ${word}"}\n\n`);
  expect(estimate(events.join(''))).toEqual({ seconds: 25 });
});

test('models that bill tokens hear ten a second, and write one for four letters', () => {
  expect(estimate('{"text":"how many words are these in all of it"}', 'gpt-4o-transcribe')).toEqual({ audioInput: 20, output: 10 });
});
