import { Agent as HttpAgent } from 'node:http';
import OpenAI from 'openai';
import OpenAI4 from 'openai-4';
import { Agent, type Dispatcher, fetch as undiciFetch, Pool, request as undiciRequest } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { recordCapture } from './support/record-capture.ts';
import { useFakeOpenAi } from './support/start-fakes.ts';

const CUSTOMERS = Array.from({ length: 24 }, (_, number) => `customer-${number}`);

/** Says the customer's number in as many words, so that the usage tells whose call it was. */
function wordsOf(customer: string): string {
  return 'word '.repeat(CUSTOMERS.indexOf(customer) + 1).trim();
}

function bodyOf(customer: string): { model: string; messages: { role: 'user'; content: string }[] } {
  return { model: 'gpt-4o', messages: [{ role: 'user', content: wordsOf(customer) }] };
}

function closedAtEnd<Kind extends Dispatcher>(dispatcher: Kind): Kind {
  onTestFinished(() => dispatcher.close());
  return dispatcher;
}

/** An agent that never opens a second connection. */
function useAgentOfOne(): Agent {
  return closedAtEnd(new Agent({ connections: 1, pipelining: 1 }));
}

/** In a pool, all but one call wait outside the client, so that their requests are made while others end. */
function usePoolOfOne(url: string): Pool {
  return closedAtEnd(new Pool(url, { connections: 1, pipelining: 1 }));
}

type Ask = (customer: string) => Promise<unknown>;

const CLIENTS: readonly (readonly [string, (url: string) => Ask])[] = [
  [
    'openai 7 through an undici agent of its own',
    (url) => {
      const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, fetch: fetchThrough(useAgentOfOne()) });
      return (customer) => client.chat.completions.create(bodyOf(customer));
    },
  ],
  [
    'streams of openai 7 through an undici pool',
    (url) => {
      const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, fetch: fetchThrough(usePoolOfOne(url)) });
      return async (customer) => {
        const stream = await client.chat.completions.create({ ...bodyOf(customer), stream: true, stream_options: { include_usage: true } });
        for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
      };
    },
  ],
  [
    'undici.request',
    (url) => {
      const dispatcher = usePoolOfOne(url);
      return async (customer) => {
        const headers = { authorization: 'Bearer sk-fake' };
        const { body } = await undiciRequest(`${url}/v1/chat/completions`, {
          method: 'POST',
          headers,
          body: JSON.stringify(bodyOf(customer)),
          dispatcher,
        });
        await body.json();
      };
    },
  ],
  [
    'openai 4 through an http agent of one socket',
    (url) => {
      const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
      onTestFinished(() => httpAgent.destroy());
      const client = new OpenAI4({ apiKey: 'sk-fake', baseURL: `${url}/v1`, httpAgent });
      return (customer) => client.chat.completions.create(bodyOf(customer));
    },
  ],
];

function fetchThrough(dispatcher: Dispatcher): typeof fetch {
  // Safe because undici's fetch is the one Node ships, as a later version.
  return ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher })) as unknown as typeof fetch;
}

describe.each(CLIENTS)('%s', (_name, createAsk) => {
  test('24 calls interleaved over one connection land each on their own customer', async () => {
    const fake = await useFakeOpenAi();
    const capture = recordCapture();
    const ask = createAsk(fake.url);
    await Promise.all(CUSTOMERS.map((customer) => capture.asCustomer(customer, () => ask(customer))));
    const calls = await capture.untilCalls(CUSTOMERS.length);
    const seen = calls.map(({ scope, usage }) => `${scope?.customer} ${usage?.input}`).toSorted();
    expect(seen).toEqual(CUSTOMERS.map((customer, index) => `${customer} ${index + 1}`).toSorted());
    expect(new Set(fake.requests.map(({ connection }) => connection)).size).toBe(1);
    expect(capture.faults).toEqual([]);
  });
});

test('300 calls of the built-in fetch, fifty at a time, are 300 calls', { timeout: 20_000 }, async () => {
  const fake = await useFakeOpenAi();
  const capture = recordCapture();
  const client = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
  for (let round = 0; round < 6; round += 1) {
    const asks = Array.from({ length: 50 }, (_, at) => CUSTOMERS[at % CUSTOMERS.length] ?? '');
    await Promise.all(asks.map((customer) => capture.asCustomer(customer, () => client.chat.completions.create(bodyOf(customer)))));
  }
  const calls = await capture.untilCalls(300);
  expect(calls).toHaveLength(300);
  expect(calls.every(({ scope, usage }) => usage?.input === CUSTOMERS.indexOf(scope?.customer ?? '') + 1)).toBe(true);
});
