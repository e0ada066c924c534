import { Agent, request } from 'node:http';

export type Target = { readonly url: string; readonly key: string };

const CONNECTIONS = 4;

/** Sends the bodies over four connections, each waiting for its answer, and answers how long each took. */
export async function sendBatches(target: Target, bodies: readonly string[]): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const latenciesMs: number[] = [];
  const waiting = bodies.values();
  const sender = async () => {
    for (const body of waiting) latenciesMs.push(await sendBatch(target, body, agent));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  agent.destroy();
  return latenciesMs;
}

function sendBatch({ url, key }: Target, body: string, agent: Agent): Promise<number> {
  const startedAtMs = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/v1/events`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAtMs);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
