import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

const ANSWER_BYTES = 1100;
const STREAM_EVENTS = 203;
const MODEL = 'gpt-4o-2024-08-06';
const USAGE = { prompt_tokens: 1200, completion_tokens: 340, total_tokens: 1540, prompt_tokens_details: { cached_tokens: 1024 } };

const chatHead = { id: 'chatcmpl-bench', object: 'chat.completion', created: 1_790_000_000, model: MODEL };
const chatAnswer = padTo(ANSWER_BYTES, (content) => ({
  ...chatHead,
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: USAGE,
}));
const streamEvents = makeStream();

/** Where the provider answers the same bytes every time, and where a collector accepts everything: what is measured is the app. */
export type Places = { readonly providerUrl: string; readonly collectorUrl: string };

const places: Places = { providerUrl: await listen(answer), collectorUrl: await listen(acknowledge) };
process.send?.(places);

async function listen(reply: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => reply(request, response, Buffer.concat(chunks)));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a listening TCP server has an address with a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(_request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  if (body.includes('"stream":true')) return stream(response);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(chatAnswer) }).end(chatAnswer);
}

function acknowledge(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  // Safe because only the SDK under test sends here.
  const { events } = JSON.parse(text) as { readonly events: readonly unknown[] };
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ accepted: events.length, duplicates: 0, rejected: [] }));
}

/** Each event is written on its own, with a turn of the loop between, so that they arrive as a provider sends them: in pieces. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let next = 0;
  const write = () => {
    response.write(streamEvents[next]);
    next += 1;
    if (next < streamEvents.length) setImmediate(write);
    else response.end();
  };
  write();
}

function makeStream(): readonly string[] {
  const chunk = (choices: readonly unknown[], usage: unknown) =>
    `data: ${JSON.stringify({ ...chatHead, object: 'chat.completion.chunk', choices, usage })}\n\n`;
  const words = Array.from({ length: STREAM_EVENTS - 3 }, (_, index) =>
    chunk([{ index: 0, delta: { content: ` word${index}` }, finish_reason: null }], null),
  );
  return [...words, chunk([{ index: 0, delta: {}, finish_reason: 'stop' }], null), chunk([], USAGE), 'data: [DONE]\n\n'];
}

function padTo(sizeBytes: number, make: (content: string) => unknown): string {
  const missing = sizeBytes - JSON.stringify(make('')).length;
  return JSON.stringify(make('x'.repeat(Math.max(0, missing))));
}
