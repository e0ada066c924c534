import { toFile } from 'openai';
import { describe, expect, test } from 'vitest';
import { OPEN_AI_CLIENTS } from './support/open-ai-clients.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

/** Three seconds, as the fake hears them, and larger than what is kept of a request when repeated. */
const RECORDING = Buffer.alloc(48_000, 0x41);

describe.each(OPEN_AI_CLIENTS)('%s', (_name, createClient) => {
  test('images that bill tokens tell them apart from the words', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const { images } = createClient(url);
    await images.generate({ model: 'gpt-image-1.5', prompt: 'three small words', quality: 'low', n: 2 });
    await images.edit({ model: 'gpt-image-1.5', prompt: 'two words', image: await toFile(Buffer.alloc(900), 'a.png') });
    const [made, edited] = await capture.untilCalls(2);
    expect(made).toMatchObject({
      kind: 'image',
      operation: 'images',
      requestedModel: 'gpt-image-1.5',
      usage: { input: 3, imageOutput: 544, images: 2 },
      usageQuality: 'reported',
      attributes: { imageSize: '1024x1024', imageQuality: 'low' },
    });
    expect(edited).toMatchObject({ requestedModel: 'gpt-image-1.5', usage: { input: 2, imageInput: 323, imageOutput: 4160, images: 1 } });
  });

  test('images that bill by the piece tell their number, size and quality from the request', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    await createClient(url).images.generate({ model: 'dall-e-3', prompt: 'a', size: '1792x1024', quality: 'hd', n: 1 });
    await createClient(url).images.generate({ model: 'dall-e-2', prompt: 'a', n: 3 });
    const [wide, square] = await capture.untilCalls(2);
    expect(wide).toMatchObject({ usage: { images: 1 }, attributes: { imageSize: '1792x1024', imageQuality: 'hd' } });
    expect(square).toMatchObject({ requestedModel: 'dall-e-2', usage: { images: 3 }, attributes: { imageSize: '1024x1024' } });
  });

  test('a recording is counted in seconds or tokens, and its sound is not what names the model', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const { audio } = createClient(url);
    const file = await toFile(RECORDING, 'a.mp3');
    await audio.transcriptions.create({ file, model: 'whisper-1' });
    await audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' });
    await audio.translations.create({ file, model: 'whisper-1', response_format: 'verbose_json' });
    const [seconds, tokens, translated] = await capture.untilCalls(3);
    const common = { kind: 'audio', operation: 'transcription', usageQuality: 'reported' };
    expect(seconds).toMatchObject({ ...common, requestedModel: 'whisper-1', usage: { seconds: 3 } });
    expect(tokens).toMatchObject({ ...common, requestedModel: 'gpt-4o-transcribe', usage: { input: 0, audioInput: 30, output: 6 } });
    expect(translated).toMatchObject({ ...common, operation: 'translation', usage: { seconds: 3 } });
  });

  test('a recording longer than what is kept of it still names its model', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const file = await toFile(Buffer.concat(Array<Buffer>(20).fill(RECORDING)), 'a.mp3');
    await createClient(url).audio.transcriptions.create({ file, model: 'whisper-1' });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ requestedModel: 'whisper-1', usage: { seconds: 60 } });
  });

  test.each(['text', 'srt', 'vtt'] as const)('a transcript as %s tells no usage, so the seconds are estimated', async (response_format) => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    await createClient(url).audio.transcriptions.create({ file: await toFile(RECORDING, 'a.mp3'), model: 'whisper-1', response_format });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ status: 'ok', usageQuality: 'estimated' });
    // Subtitles say how long it was; words alone say it within a third.
    const error = Math.abs((call?.usage?.seconds ?? 0) - 3);
    expect(error).toBeLessThanOrEqual(response_format === 'text' ? 1 : 0);
  });

  test('speech is counted by its characters', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const spoken = await createClient(url).audio.speech.create({ model: 'tts-1-hd', voice: 'alloy', input: 'zwölf Boxkämpfer 🥊' });
    expect((await spoken.arrayBuffer()).byteLength).toBe(12_000);
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ kind: 'audio', operation: 'speech', usage: { characters: 18 }, usageQuality: 'reported' });
  });

  test('speech that bills tokens is estimated, unless it comes as events that tell them', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const { audio } = createClient(url);
    const common = { model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'how many words are these' } as const;
    await (await audio.speech.create(common)).arrayBuffer();
    await (await audio.speech.create({ ...common, stream_format: 'sse' })).text();
    const [bytes, events] = await capture.untilCalls(2);
    expect(bytes).toMatchObject({ usageQuality: 'estimated', usage: { input: 4, audioOutput: 34 } });
    expect(events).toMatchObject({ streamed: true, usageQuality: 'reported', usage: { input: 5, audioOutput: 35 } });
  });
});

test('a stream of images tells its usage with the finished one', async () => {
  const { url } = await useFakeOpenAi();
  const capture = recordCapture();
  const [, createClient] = OPEN_AI_CLIENTS[0] ?? [];
  const stream = await createClient?.(url).images.generate({
    model: 'gpt-image-1.5',
    prompt: 'a b',
    stream: true,
    partial_images: 3,
    quality: 'medium',
  });
  let last: string | undefined;
  for await (const event of stream ?? []) last = event.type;
  expect(last).toBe('image_generation.completed');
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ streamed: true, usage: { input: 2, imageOutput: 1056, images: 1 }, attributes: { imageQuality: 'medium' } });
});

test('a streamed transcript tells its usage at its end', async () => {
  const { url } = await useFakeOpenAi();
  const capture = recordCapture();
  const [, createClient] = OPEN_AI_CLIENTS[0] ?? [];
  const file = await toFile(RECORDING, 'a.mp3');
  const stream = await createClient?.(url).audio.transcriptions.create({ file, model: 'gpt-4o-mini-transcribe', stream: true });
  let text = '';
  for await (const event of stream ?? []) text += event.type === 'transcript.text.delta' ? event.delta : '';
  expect(text.trim().split(' ')).toHaveLength(6);
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ streamed: true, requestedModel: 'gpt-4o-mini-transcribe', usage: { audioInput: 30, output: 6 } });
  expect(call?.firstTokenMs).toBeGreaterThanOrEqual(0);
});
