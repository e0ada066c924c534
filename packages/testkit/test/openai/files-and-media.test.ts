import OpenAI, { toFile } from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeOpenAi, type FakeOpenAiOptions } from '../../src/index.ts';

async function useClient(options: FakeOpenAiOptions = {}): Promise<OpenAI> {
  const fake = await startFakeOpenAi(options);
  onTestFinished(() => fake.close());
  return new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1`, maxRetries: 0 });
}

test('GPT images tell their tokens, whole and as a stream; DALL·E tells none', async () => {
  const { images } = await useClient();
  const whole = await images.generate({ model: 'gpt-image-1.5', prompt: 'three small words', quality: 'low', n: 2 });
  expect(whole.data).toHaveLength(2);
  expect(whole.usage).toMatchObject({ input_tokens: 3, output_tokens: 544 });
  const events = [];
  for await (const event of await images.generate({ model: 'gpt-image-1.5', prompt: 'a', stream: true, partial_images: 2 }))
    events.push(event.type);
  expect(events).toEqual(['image_generation.partial_image', 'image_generation.partial_image', 'image_generation.completed']);
  const edited = await images.edit({ model: 'gpt-image-1.5', prompt: 'a b', image: await toFile(Buffer.alloc(9), 'a.png') });
  expect(edited.usage?.input_tokens_details).toEqual({ image_tokens: 323, text_tokens: 2 });
  expect((await images.generate({ model: 'dall-e-3', prompt: 'a' })).usage).toBeUndefined();
});

test('a recording is heard by its bytes, in every format', async () => {
  const { audio } = await useClient();
  const file = await toFile(Buffer.alloc(48_000), 'a.mp3');
  expect((await audio.transcriptions.create({ file, model: 'whisper-1' })).usage).toEqual({ type: 'duration', seconds: 3 });
  expect((await audio.transcriptions.create({ file, model: 'gpt-4o-transcribe' })).usage).toMatchObject({ input_tokens: 30 });
  expect(await audio.transcriptions.create({ file, model: 'whisper-1', response_format: 'srt' })).toContain('--> 00:00:03,000');
  expect(await audio.translations.create({ file, model: 'whisper-1', response_format: 'verbose_json' })).toMatchObject({ duration: 3 });
});

test('speech is bytes, or events with a usage', async () => {
  const { audio } = await useClient();
  const spoken = await audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'three small words' });
  expect((await spoken.arrayBuffer()).byteLength).toBe(12_000);
  const events = await audio.speech.create({ model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'two words', stream_format: 'sse' });
  expect(await events.text()).toContain('"usage":{"input_tokens":2,"output_tokens":14,"total_tokens":16}');
});

test('a batch is worked off after a look, and its file holds an answer a line', async () => {
  const client = await useClient();
  const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'three small words' }], max_tokens: 5 };
  const lines = ['a', 'b'].map((custom_id) => JSON.stringify({ custom_id, method: 'POST', url: '/v1/chat/completions', body }));
  const input = await client.files.create({ file: await toFile(Buffer.from(lines.join('\n')), 'b.jsonl'), purpose: 'batch' });
  const batch = await client.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h' });
  expect(batch.status).toBe('in_progress');
  await client.batches.retrieve(batch.id);
  const done = await client.batches.retrieve(batch.id);
  expect(done).toMatchObject({ status: 'completed', model: 'gpt-4o-2024-08-06', usage: { input_tokens: 6, output_tokens: 10 } });
  const output = await (await client.files.content(done.output_file_id ?? '')).text();
  expect(output.trim().split('\n')).toHaveLength(2);
});
