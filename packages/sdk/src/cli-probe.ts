import { createServer } from 'node:http';
import { fakeAnswer, PROBE_MARK, type ProbeOutcome } from './cli/index.ts';
import type { recordCalls } from './testing.ts';

const SETTLE_MS = 3_000;

/** Plays the provider on this machine's own address, lets a client make its call, and prints what was captured of it. */
export async function probe(record: typeof recordCalls, provider: string, call: (url: string) => Promise<unknown>): Promise<void> {
  const url = await startAnswering();
  const calls = record({ providers: { [new URL(url).host]: provider } });
  let error: string | undefined;
  try {
    await call(url);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  const events = (await calls.settled(SETTLE_MS)).map(({ provider: named, usage }) => ({ provider: named, ...(usage && { usage }) }));
  const outcome: ProbeOutcome = { events, ...(error !== undefined && { error }) };
  // What the client keeps open must not keep us.
  process.stdout.write(`${PROBE_MARK}${JSON.stringify(outcome)}\n`, () => process.exit(0));
}

function startAnswering(): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        const answer = fakeAnswer(path, `http://${request.headers.host}`);
        response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });
  });
}
