import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOllama } from './support/start-fakes.ts';

const MESSAGES = [{ role: 'user', content: 'how many words are these' }];

/** As ollama-js sends it. */
function ask(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}/api/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

test('a chat in lines of JSON is captured as a stream, with the counts of its last line', async () => {
  const { url } = await useFakeOllama();
  const capture = recordCapture();
  const answer = await ask(url, 'chat', { model: 'llama3.2', messages: MESSAGES, options: { num_predict: 300 } });
  expect((await answer.text()).trim().split('\n')).toHaveLength(301);
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({
    provider: 'ollama',
    operation: 'chat',
    model: 'llama3.2',
    streamed: true,
    usage: { input: 5, output: 300 },
    usageQuality: 'reported',
  });
  expect(call?.firstTokenMs).toBeGreaterThanOrEqual(0);
});

test('whole answers and embeddings are captured', async () => {
  const { url } = await useFakeOllama();
  const capture = recordCapture();
  await (await ask(url, 'generate', { model: 'llama3.2', prompt: 'three small words', stream: false })).json();
  await (await ask(url, 'embed', { model: 'nomic-embed-text', input: ['two words', 'one'] })).json();
  const [generated, embedded] = await capture.untilCalls(2);
  expect(generated).toMatchObject({ operation: 'completions', streamed: false, usage: { input: 3, output: 12 } });
  expect(embedded).toMatchObject({ kind: 'embedding', operation: 'embed', model: 'nomic-embed-text', usage: { input: 3 } });
});

test('a stream that breaks off is estimated from its lines', async () => {
  const fake = await useFakeOllama();
  const capture = recordCapture();
  fake.bendNext({ resetAfterPieces: 6 });
  const answer = await ask(fake.url, 'chat', { model: 'llama3.2', messages: MESSAGES });
  await expect(answer.text()).rejects.toThrow();
  const [call] = await capture.untilCalls(1);
  expect(call).toMatchObject({ status: 'error', usageQuality: 'estimated' });
  expect(call?.usage?.output).toBeGreaterThan(0);
});

test('the older embeddings tell no count, so it is estimated', async () => {
  const { url } = await useFakeOllama();
  const capture = recordCapture();
  await (await ask(url, 'embeddings', { model: 'nomic-embed-text', prompt: 'three small words' })).json();
  expect((await capture.untilCalls(1))[0]).toMatchObject({ operation: 'embed', usageQuality: 'estimated', usage: { input: 2 } });
});

test("an app's own chat at the same path is left alone", async () => {
  const server = createServer((_request, response) => void response.end('{"reply":"hello"}'));
  onTestFinished(() => void server.close());
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${Object(server.address()).port}`));
  });
  const { url: ollama } = await useFakeOllama();
  const capture = recordCapture();
  await (await ask(url, 'chat', { model: 'fast', messages: MESSAGES })).text();
  await (await ask(ollama, 'embed', { model: 'nomic-embed-text', input: 'one' })).text();
  expect((await capture.untilCalls(1)).map(({ operation }) => operation)).toEqual(['embed']);
});
