import { describe, expect, test } from 'vitest';
import { readRecorded, type Recorded } from './support/read-recorded.ts';

const OPENAI = 'POST https://api.openai.com/v1';
const SOUND = { answer: Buffer.alloc(9000), answeredWith: { 'content-type': 'audio/mpeg' } };
const WORDS = Array.from({ length: 60 }, (_, index) => ({ type: 'transcript.text.delta', delta: ` word${index}` }));

describe('pictures and sounds whose answer was left', () => {
  test.each<readonly [string, Recorded, object]>([
    [
      'a picture is estimated by what was asked for',
      {
        to: `${OPENAI}/images/generations`,
        asked: { model: 'gpt-image-1.5', prompt: 'two tall trees', quality: 'low', size: '1024x1536', n: 2, stream: true },
        answer: [{ type: 'image_generation.partial_image', b64_json: 'A'.repeat(9000) }],
        leftAfterBytes: 5000,
      },
      { usage: { input: 4, imageOutput: 816, images: 2 }, usageQuality: 'estimated' },
    ],
    [
      'a transcript is estimated by what was said, not by what was sent around it',
      {
        to: `${OPENAI}/audio/transcriptions`,
        asked: { model: 'gpt-4o-transcribe', file: '', stream: true },
        answer: WORDS,
        leftAfterBytes: 3300,
      },
      { usage: { audioInput: 260, output: 98 }, usageQuality: 'estimated' },
    ],
    [
      'characters are billed when they are read, heard or not',
      { to: `${OPENAI}/audio/speech`, asked: { model: 'tts-1', input: 'abc', voice: 'a' }, ...SOUND, leftAfterBytes: 10 },
      { usage: { characters: 3 }, usageQuality: 'reported' },
    ],
  ])('%s', (_name, recorded, expected) => {
    expect(readRecorded(recorded)).toMatchObject({ status: 'cancelled', ...expected });
  });

  test('a picture by the token whose answer tells none is estimated too', () => {
    const asked = { model: 'gpt-image-1-mini', prompt: 'a' };
    const call = readRecorded({ to: `${OPENAI}/images/generations`, asked, answer: { created: 1, data: [{}] } });
    expect(call).toMatchObject({ status: 'ok', usage: { input: 1, imageOutput: 1056, images: 1 }, usageQuality: 'estimated' });
  });
});
