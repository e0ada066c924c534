import { readAll } from './read-all.mjs';

export const modules = ['undici'];
export const providers = ['openai http2'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { openai } = JSON.parse(process.env.URLS);
  return { undici: loaded.undici, url: `${openai}/v1/chat/completions`, origin: openai };
}

const messages = [{ role: 'user', content: 'How much does acme cost, naïvely?' }];
const ask = { model: 'gpt-4o', messages, max_completion_tokens: 20 };
const streamed = { ...ask, stream: true };
const counted = { ...ask, stream: true, stream_options: { include_usage: true } };
const post = (body) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer sk-fake' },
  body: JSON.stringify(body),
});
const streams = [{ streamed: true }];
const textOf = async (answer) => (await answer).body.text();

export const cases = {
  fetch: { isBrief: true, kind: 'fetch', use: async ({ undici, url }) => (await undici.fetch(url, post(ask))).json(), events: [{}] },
  'built-in fetch': { isBrief: true, kind: 'fetch', use: async ({ url }) => (await fetch(url, post(ask))).json(), events: [{}] },
  'fetch of a stream': {
    kind: 'fetch',
    use: async ({ undici, url }) => Buffer.concat(await readAll((await undici.fetch(url, post(counted))).body)).toString(),
    events: streams,
  },
  'fetch of a Request': {
    kind: 'fetch',
    use: async ({ url }) => (await fetch(new Request(url, post(ask)))).text(),
    events: [{}],
  },
  request: { kind: 'request', use: ({ undici, url }) => textOf(undici.request(url, post(ask))), events: [{}] },
  'request of a stream': { kind: 'request', use: ({ undici, url }) => textOf(undici.request(url, post(counted))), events: streams },
  'request written as a stream': {
    kind: 'request',
    use: ({ undici, url }) => {
      const { body, ...head } = post(ask);
      const pieces = async function* () {
        yield body.slice(0, 30);
        yield body.slice(30);
      };
      return textOf(undici.request(url, { ...head, body: pieces() }));
    },
    events: [{}],
  },
  'own client': {
    kind: 'dispatchers',
    use: async ({ undici, origin }) => {
      const client = new undici.Client(origin);
      const text = await textOf(client.request({ ...post(ask), path: '/v1/chat/completions' }));
      await client.close();
      return text;
    },
    events: [{}],
  },
  'own pool and agent': {
    kind: 'dispatchers',
    use: async ({ undici, origin, url }) => {
      const pool = new undici.Pool(origin);
      const agent = new undici.Agent({ connections: 1 });
      const texts = [
        await textOf(pool.request({ ...post(ask), path: '/v1/chat/completions' })),
        await (await undici.fetch(url, { ...post(ask), dispatcher: agent })).text(),
      ];
      await Promise.all([pool.close(), agent.close()]);
      return texts;
    },
    events: [{}, {}],
  },
  'global dispatcher': {
    isBrief: true,
    kind: 'dispatchers',
    use: async ({ undici, url }) => {
      const before = undici.getGlobalDispatcher();
      const agent = new undici.Agent({ connections: 1 });
      undici.setGlobalDispatcher(agent);
      const texts = [await (await undici.fetch(url, post(ask))).text(), await (await fetch(url, post(ask))).text()];
      undici.setGlobalDispatcher(before);
      await agent.close();
      return texts;
    },
    events: [{}, {}],
  },
  'stream into a writable': {
    kind: 'request',
    use: async ({ undici, url }) => {
      const { Writable } = await import('node:stream');
      const seen = [];
      const factory = () => new Writable({ write: (chunk, _encoding, done) => done(void seen.push(String(chunk))) });
      await undici.stream(url, post(counted), factory);
      return seen.join('');
    },
    events: streams,
  },
  'one connection over HTTP/2': {
    isBrief: true,
    needs: ['H2CClient'],
    kind: 'HTTP/2',
    isConcurrent: true,
    use: async ({ undici }, { withCustomer }) => {
      const client = new undici.H2CClient(JSON.parse(process.env.URLS)['openai http2']);
      const request = () => textOf(client.request({ ...post(ask), path: '/v1/chat/completions' }));
      const texts = await Promise.all(Array.from({ length: 20 }, (_, number) => withCustomer(`customer ${number}`, request)));
      await client.close();
      return texts.length;
    },
    events: Array.from({ length: 20 }, (_, number) => ({ customer: `customer ${number}` })),
  },
  'body cancelled': {
    kind: 'left streams',
    use: async ({ url }) => {
      const reader = (await fetch(url, post(streamed))).body.getReader();
      const { value } = await reader.read();
      await reader.cancel();
      return value.length > 0;
    },
    bends: [{ hangAfterPieces: 4 }],
    events: [{ streamed: true, usage: 'estimated', status: 'cancelled' }],
  },
  'out of time': {
    throws: true,
    kind: 'left streams',
    use: async ({ url }) => (await fetch(url, { ...post(streamed), signal: AbortSignal.timeout(300) })).text(),
    bends: [{ hangAfterPieces: 4 }],
    events: [{ streamed: true, usage: 'estimated', status: undefined }],
  },
  'read twice': {
    kind: 'fetch',
    use: async ({ url }) => {
      const answer = await fetch(url, post(ask));
      return Promise.all([answer.clone().text(), answer.json()]);
    },
    events: [{}],
  },
  piped: {
    kind: 'fetch',
    use: async ({ url }) => {
      const { body } = await fetch(url, post(counted));
      return (await readAll(body.pipeThrough(new TextDecoderStream()))).join('');
    },
    events: streams,
  },
  'written as a stream': {
    kind: 'fetch',
    use: async ({ url }) => {
      const { body, ...rest } = post(ask);
      return (await fetch(url, { ...rest, body: new Blob([body]).stream(), duplex: 'half' })).json();
    },
    events: [{}],
  },
  'never read': {
    kind: 'fetch',
    use: async ({ url }) => (await fetch(url, post(ask))).status,
    events: [{ usage: 'some' }],
  },
};
