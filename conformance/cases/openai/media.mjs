const picture = { kind: 'image', operation: 'images', model: undefined };
const heard = { kind: 'audio', operation: 'transcription', model: undefined };
const spoken = { kind: 'audio', operation: 'speech', model: undefined };
const soundOf = (toFile, seconds) => toFile(Buffer.alloc(seconds * 16_000), 'speech.wav', { type: 'audio/wav' });
const line = (number, content) => ({
  custom_id: `line-${number}`,
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages: [{ role: 'user', content }], max_completion_tokens: 20 },
});
const lines = ['one two three', 'four five six'].map((content, number) => JSON.stringify(line(number, content))).join('\n');

export const mediaCases = {
  'picture billed by tokens': {
    kind: 'images',
    use: async ({ openai }) => (await openai.images.generate({ model: 'gpt-image-1', prompt: 'a ledger of gold', quality: 'low' })).usage,
    events: [{ ...picture, requestedModel: 'gpt-image-1', usage: { input: 4, imageOutput: 272, images: 1 } }],
  },
  'pictures billed by number': {
    kind: 'images',
    use: async ({ openai }) =>
      (await openai.images.generate({ model: 'dall-e-2', prompt: 'a ledger', n: 2, response_format: 'b64_json' })).data.length,
    events: [{ ...picture, requestedModel: 'dall-e-2', usage: { images: 2 }, usageQuality: undefined }],
  },
  'picture edited': {
    kind: 'images',
    use: async ({ openai, toFile }) => {
      const image = await toFile(Buffer.alloc(64), 'ledger.png', { type: 'image/png' });
      return (await openai.images.edit({ model: 'gpt-image-1', prompt: 'more gold', image, quality: 'low' })).usage;
    },
    events: [{ ...picture, requestedModel: 'gpt-image-1', usage: { input: 2, imageInput: 323, imageOutput: 272, images: 1 } }],
  },
  'transcription billed by tokens': {
    kind: 'audio',
    use: async ({ openai, toFile }) => openai.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await soundOf(toFile, 2) }),
    events: [{ ...heard, requestedModel: 'gpt-4o-transcribe', usage: { audioInput: 20, output: 4 } }],
  },
  'transcription billed by seconds': {
    kind: 'audio',
    use: async ({ openai, toFile }) => openai.audio.transcriptions.create({ model: 'whisper-1', file: await soundOf(toFile, 3) }),
    events: [{ ...heard, requestedModel: 'whisper-1', usage: { seconds: 3 } }],
  },
  'speech billed by characters': {
    kind: 'audio',
    use: async ({ openai }) => {
      const answer = await openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'How much does acme cost?' });
      return (await answer.arrayBuffer()).byteLength;
    },
    events: [{ ...spoken, requestedModel: 'tts-1', usage: { characters: 24 } }],
  },
  'speech billed by tokens': {
    kind: 'audio',
    use: async ({ openai }) => {
      const ask = { model: 'gpt-4o-mini-tts', voice: 'alloy', input: 'How much does acme cost?', stream_format: 'sse' };
      return (await openai.audio.speech.create(ask)).text();
    },
    events: [{ ...spoken, requestedModel: 'gpt-4o-mini-tts', usage: 'some' }],
  },
  'batch, looked at and read again and again': {
    kind: 'batches',
    use: async ({ openai, toFile }) => {
      const { id: input } = await openai.files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines), 'lines.jsonl') });
      const { id } = await openai.batches.create({
        input_file_id: input,
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      });
      const seen = [];
      for (let look = 0; look < 4; look += 1) seen.push(await openai.batches.retrieve(id));
      for (let time = 0; time < 2; time += 1) seen.push(await (await openai.files.content(seen[3].output_file_id)).text());
      return seen;
    },
    events: [{ kind: 'batch', operation: 'batch', serviceTier: 'batch', usage: { input: 6, output: 40 } }],
  },
};
