import OpenAI, { AzureOpenAI, toFile } from 'openai';
import { describe, expect, test } from 'vitest';
import { OPEN_AI_CLIENTS } from './support/open-ai-clients.ts';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const ENDPOINT = '/v1/chat/completions';

/** Uploads two requests of three words each, and asks for five of either. */
async function beginBatch(client: OpenAI): Promise<string> {
  const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'three small words' }], max_tokens: 5 };
  const lines = ['a', 'b'].map((custom_id) => JSON.stringify({ custom_id, method: 'POST', url: ENDPOINT, body }));
  const { id } = await client.files.create({ file: await toFile(Buffer.from(lines.join('\n')), 'batch.jsonl'), purpose: 'batch' });
  return (await client.batches.create({ input_file_id: id, endpoint: ENDPOINT, completion_window: '24h' })).id;
}

describe.each(OPEN_AI_CLIENTS)('%s', (_name, createClient) => {
  test('a batch is one call, however often it is looked at, for the one who began it', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const id = await capture.asCustomer('acme', () => beginBatch(client));
    for (const status of ['in_progress', 'completed', 'completed']) expect((await client.batches.retrieve(id)).status).toBe(status);
    await (await client.files.content(`${id}-output`)).text();
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    const [batch, end] = await capture.untilCalls(2);
    expect(batch).toMatchObject({
      kind: 'batch',
      operation: 'batch',
      responseId: id,
      jobId: `openai ${id}`,
      model: 'gpt-4o-2024-08-06',
      serviceTier: 'batch',
      usage: { input: 6, output: 10 },
      usageQuality: 'reported',
      scope: { customer: 'acme' },
    });
    expect(end?.operation).toBe('embeddings');
  });

  test('a batch that tells no usage is counted by its results, once', async () => {
    const { url } = await useFakeOpenAi({ batchesTellUsage: false });
    const capture = recordCapture();
    const client = createClient(url);
    const id = await capture.asCustomer('acme', () => beginBatch(client));
    await client.batches.retrieve(id);
    for (let look = 0; look < 2; look += 1) {
      const { output_file_id } = await client.batches.retrieve(id);
      await (await client.files.content(output_file_id ?? '')).text();
    }
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    const [batch, end] = await capture.untilCalls(2);
    expect(batch).toMatchObject({ jobId: `openai ${id}`, model: 'gpt-4o-2024-08-06', serviceTier: 'batch', scope: { customer: 'acme' } });
    expect(batch?.usage).toEqual({ input: 6, output: 10 });
    expect(end?.operation).toBe('embeddings');
  });

  test('a batch that another process began is counted too, under the same name', async () => {
    const { url } = await useFakeOpenAi();
    const client = createClient(url);
    const id = await beginBatch(client);
    await client.batches.retrieve(id);
    const capture = recordCapture();
    await client.batches.retrieve(id);
    const [batch] = await capture.untilCalls(1);
    expect(batch).toMatchObject({ kind: 'batch', jobId: `openai ${id}`, usage: { input: 6, output: 10 } });
  });

  test('other files are no batch', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const { id } = await client.files.create({
      file: await toFile(Buffer.from('{"usage":{"input_tokens":9}}'), 'a.jsonl'),
      purpose: 'batch',
    });
    await (await client.files.content(id)).text();
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    expect((await capture.untilCalls(1)).map(({ operation }) => operation)).toEqual(['embeddings']);
  });

  test('a cancelled batch is told as cancelled', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const id = await beginBatch(client);
    await client.batches.cancel(id);
    expect((await capture.untilCalls(1))[0]).toMatchObject({ kind: 'batch', status: 'cancelled', responseId: id });
  });

  test('a response in the background that is followed as a stream is counted once', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const { id } = await client.responses.create({ model: 'gpt-5', input: 'take your time', background: true });
    await (await fetch(`${url}/v1/responses/${id}?stream=true`, { headers: { authorization: 'Bearer sk-fake' } })).text();
    await client.responses.retrieve(id);
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    const [response, end] = await capture.untilCalls(2);
    expect(response).toMatchObject({ responseId: id, jobId: `openai ${id}`, usageQuality: 'reported', usage: { input: 3 } });
    expect(end?.operation).toBe('embeddings');
  });

  test('a response in the background that is cancelled is one call, and what it read is estimated', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const { id } = await client.responses.create({ model: 'gpt-5', input: 'take your time', background: true });
    await client.post(`/responses/${id}/cancel`);
    await client.responses.retrieve(id);
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'the end' });
    const [response, end] = await capture.untilCalls(2);
    expect(response).toMatchObject({ status: 'cancelled', responseId: id, requestedModel: 'gpt-5', usageQuality: 'estimated' });
    expect(response?.usage?.input).toBeGreaterThan(0);
    expect(end?.operation).toBe('embeddings');
  });

  test('a response in the background whose stream is left is counted when it is looked at', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const stream = await client.responses.create({ model: 'gpt-5', input: 'take your time', background: true, stream: true });
    let id = '';
    for await (const event of stream) {
      if (event.type === 'response.created') id = event.response.id;
      if (event.type === 'response.output_text.delta') break;
    }
    await client.responses.retrieve(id);
    const [response] = await capture.untilCalls(1);
    expect(response).toMatchObject({ status: 'ok', responseId: id, usageQuality: 'reported', usage: { input: 3 } });
    expect(capture.calls).toHaveLength(1);
  });

  test('a stream of a response that is left is estimated, whatever its beginning tells of tools', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    fake.bendNext({ hangAfterPieces: 9 });
    const stream = await createClient(fake.url).responses.create({ model: 'gpt-5', input: 'three small words', stream: true });
    for await (const event of stream) if (event.type === 'response.output_text.delta') break;
    const [response] = await capture.untilCalls(1);
    expect(response).toMatchObject({ usageQuality: 'estimated', model: 'gpt-5-2025-08-07' });
    expect(response?.usage?.input).toBeGreaterThan(0);
    expect(response?.usage?.output).toBeGreaterThan(0);
  });

  test('a response that searched the web tells how often, whole and as a stream', async () => {
    const { url } = await useFakeOpenAi();
    const capture = recordCapture();
    const client = createClient(url);
    const request = {
      model: 'gpt-4o',
      input: 'what is new',
      tools: [{ type: 'web_search_preview' as const, search_context_size: 'high' as const }],
    };
    await client.responses.create(request);
    for await (const event of await client.responses.create({ ...request, stream: true })) expect(event.type).toMatch(/^response\./);
    for (const call of await capture.untilCalls(2)) {
      expect(call.usage).toMatchObject({ input: 3, webSearches: 1 });
      expect(call.attributes).toEqual({ searchContextSize: 'high' });
    }
  });
});

test('Azure is told by its deployments, its region and the answered model', async () => {
  const { url } = await useFakeOpenAi({ headers: { 'x-ms-region': 'Sweden Central' } });
  const capture = recordCapture();
  const azure = new AzureOpenAI({ apiKey: 'key', endpoint: url, apiVersion: '2025-04-01-preview', deployment: 'our-chat' });
  await azure.chat.completions.create({ model: 'our-chat', messages: [{ role: 'user', content: 'two words' }] });
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ provider: 'azure', requestedModel: 'our-chat', region: 'Sweden Central', usage: { input: 2 } });
});

test("Azure's newer paths and LiteLLM are told by a setting, with the gateway's own price", async () => {
  const { url } = await useFakeOpenAi({ headers: { 'x-ms-region': 'Sweden Central', 'x-litellm-response-cost': '2.85e-05' } });
  const { host } = new URL(url);
  for (const kind of ['azure', 'litellm']) {
    const capture = recordCapture({ providers: { [host]: kind } });
    await new OpenAI({ apiKey: 'key', baseURL: `${url}/openai/v1` }).responses.create({ model: 'our-chat', input: 'two words' });
    const [call] = await capture.untilCalls(1);
    expect(call).toMatchObject({ provider: kind, operation: 'responses', region: 'Sweden Central', reportedCostUsd: '0.0000285' });
    capture.stop();
  }
});
