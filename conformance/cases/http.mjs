import http from 'node:http';
import { readAll } from './read-all.mjs';

export const modules = ['axios', 'got', 'node-fetch'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { openai } = JSON.parse(process.env.URLS);
  return {
    url: `${openai}/v1/chat/completions`,
    axios: loaded.axios.default ?? loaded.axios,
    got: loaded.got.default ?? loaded.got,
    nodeFetch: loaded['node-fetch'].default ?? loaded['node-fetch'],
  };
}

const messages = [{ role: 'user', content: 'How much does acme cost, naïvely?' }];
const ask = { model: 'gpt-4o', messages, max_completion_tokens: 20 };
const streamed = { ...ask, stream: true };
const counted = { ...streamed, stream_options: { include_usage: true } };
const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-fake' };
const textOf = async (stream) => Buffer.concat(await readAll(stream)).toString();

/** Sends a body by `node:http` in pieces, and gives the response. */
function request(url, body, options = {}) {
  return new Promise((resolve, reject) => {
    const asked = http.request(url, { method: 'POST', headers, ...options }, resolve).on('error', reject);
    const text = JSON.stringify(body);
    asked.write(text.slice(0, 20));
    asked.write(Buffer.from(text.slice(20)));
    asked.end();
  });
}

export const cases = {
  axios: { isBrief: true, kind: 'axios', use: async ({ axios, url }) => (await axios.post(url, ask, { headers })).data, events: [{}] },
  'axios stream': {
    kind: 'axios',
    use: async ({ axios, url }) => textOf((await axios.post(url, counted, { headers, responseType: 'stream' })).data),
    events: [{ streamed: true }],
  },
  'axios by fetch': {
    kind: 'axios',
    use: async ({ axios, url }) => (await axios.post(url, ask, { headers, adapter: 'fetch' })).data,
    events: [{}],
  },
  'axios refused': {
    throws: true,
    kind: 'axios',
    use: ({ axios, url }) => axios.post(url, ask, { headers }),
    bends: [{ status: 400 }],
    events: [{ status: 'error', usage: 'none', model: undefined }],
  },
  got: { isBrief: true, kind: 'got', use: ({ got, url }) => got.post(url, { json: ask, headers }).json(), events: [{}] },
  'got stream': {
    kind: 'got',
    use: ({ got, url }) => textOf(got.stream.post(url, { json: counted, headers })),
    events: [{ streamed: true }],
  },
  'got retried': {
    kind: 'got',
    use: ({ got, url }) =>
      got
        .post(url, {
          json: ask,
          headers,
          retry: { limit: 1, methods: ['POST'], calculateDelay: ({ computedValue }) => computedValue && 50 },
        })
        .json(),
    bends: [{ status: 503 }],
    events: [{ attempts: 2 }],
  },
  'node-fetch': {
    isBrief: true,
    kind: 'node-fetch',
    use: async ({ nodeFetch, url }) => (await nodeFetch(url, { method: 'POST', headers, body: JSON.stringify(ask) })).json(),
    events: [{}],
  },
  'node-fetch stream': {
    kind: 'node-fetch',
    use: async ({ nodeFetch, url }) => textOf((await nodeFetch(url, { method: 'POST', headers, body: JSON.stringify(counted) })).body),
    bends: [{ compress: 'gzip', pieceBytes: 7 }],
    events: [{ streamed: true }],
  },
  'node:http': { isBrief: true, kind: 'node:http', use: async ({ url }) => textOf(await request(url, ask)), events: [{}] },
  'node:http by events': {
    kind: 'node:http',
    use: async ({ url }) => {
      const response = await request(url, counted);
      const seen = [];
      response.setEncoding('utf8').on('data', (text) => seen.push(text));
      await new Promise((resolve) => response.once('end', resolve));
      return seen.join('');
    },
    events: [{ streamed: true }],
  },
  'node:http left': {
    kind: 'node:http',
    use: async ({ url }) => {
      const response = await request(url, streamed, { agent: new http.Agent({ keepAlive: true }) });
      for await (const chunk of response) return chunk.toString().slice(0, 5);
    },
    bends: [{ hangAfterPieces: 4 }],
    events: [{ streamed: true, usage: 'estimated', status: 'cancelled' }],
  },
  'node:http thrown away': {
    kind: 'node:http',
    use: async ({ url }) => (await request(url, ask)).resume().statusCode,
    events: [{}],
  },
};
