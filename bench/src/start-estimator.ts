import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordCalls } from 'llmobserve/testing';

const IN_FLIGHT = 50;
/** What the form of one message and of its answer costs, beside its text. */
const FRAME_TOKENS = 7;

export type Estimator = {
  /** What the SDK estimates each text to be, as the one message of a call whose answer tells no usage. */
  estimate(texts: readonly string[]): Promise<readonly number[]>;
  close(): Promise<void>;
};

/** Asks the SDK for estimates as an app would: by calls to a provider that tells no usage. */
export async function startEstimator(): Promise<Estimator> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ id: request.headers['x-request-id'], model: 'gpt-4o', choices: [] }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a listening TCP server has an address with a port.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls = recordCalls({ providers: { [host]: 'openai' } });
  let asked = 0;

  async function ask(content: string): Promise<string> {
    asked += 1;
    const id = `chatcmpl-${asked}`;
    const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
    const answer = await fetch(`http://${host}/v1/chat/completions`, { method: 'POST', headers: { 'x-request-id': id }, body });
    await answer.text();
    return id;
  }

  return {
    async estimate(texts) {
      const ids: string[] = [];
      for (let at = 0; at < texts.length; at += IN_FLIGHT) ids.push(...(await Promise.all(texts.slice(at, at + IN_FLIGHT).map(ask))));
      const events = await calls.settled();
      const tokens = new Map(events.map(({ responseId, usage }) => [responseId, (usage?.['input'] ?? Number.NaN) - FRAME_TOKENS]));
      return ids.map((id) => tokens.get(id) ?? Number.NaN);
    },
    async close() {
      await calls.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}
