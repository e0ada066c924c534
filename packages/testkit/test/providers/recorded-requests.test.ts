import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import OpenAI from 'openai';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFakeOpenAi, type FakeProvider } from '../../src/index.ts';

let fake: FakeProvider;
beforeEach(async () => {
  fake = await startFakeOpenAi({ maxRequests: 3 });
});
afterEach(() => fake.close());

const model = 'text-embedding-3-small';

test('the bytes of each request are kept as they came over the socket', async () => {
  const socket = connect(Number(new URL(fake.url).port), '127.0.0.1');
  const first = 'GET /v1/models HTTP/1.1\r\nHost: x\r\nX-OdD:  one\r\nAuthorization: Bearer k\r\n\r\n';
  const second =
    'POST /v1/embeddings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer k\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{"m\r\n6\r\nodel":\r\n5\r\n"a" }\r\n0\r\n\r\n';
  socket.write(first);
  await once(socket, 'data');
  socket.write(second.slice(0, 120));
  socket.write(second.slice(120));
  await fake.waitFor((requests) => requests.length === 2);
  expect(fake.requests.map((request) => request.rawBytes.toString('latin1'))).toEqual([first, second]);
  expect(fake.requests[0]?.rawHeaders).toEqual(['Host', 'x', 'X-OdD', 'one', 'Authorization', 'Bearer k']);
  expect(fake.requests[1]?.body.toString()).toBe('{"model":"a" }');
  socket.destroy();
});

test('requests over one kept connection carry its number, others another', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (via: Agent | false) => {
    const [response] = (await once(get(`${fake.url}/v1/models`, { agent: via }), 'response')) as [IncomingMessage];
    await response.resume().toArray();
  };
  for (const via of [agent, agent, false] as const) await ask(via);
  expect(fake.requests.map((request) => request.connection)).toEqual([0, 0, 1]);
  agent.destroy();
});

test('only the last requests are kept when a bound is set', async () => {
  const openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
  for (const input of ['a', 'b', 'c', 'd', 'e']) await openai.embeddings.create({ model, input });
  expect(fake.requests.map((request) => JSON.parse(request.body.toString()).input)).toEqual(['c', 'd', 'e']);
});

test('two clients that ask the same send the same bytes', async () => {
  for (const _round of [1, 2])
    await new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` }).embeddings.create({ model, input: 'same' });
  const [first, second] = fake.requests;
  expect(second?.rawBytes.equals(first?.rawBytes ?? Buffer.alloc(0))).toBe(true);
});
