import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Arrived = { readonly body: Buffer; readonly rawHeaders: readonly string[] };
export type Echo = { readonly url: string; readonly arrived: readonly Arrived[] };

/** A server that keeps what arrives and answers as told, with `pong` by default. */
export async function startEcho(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, r) => void r.end('pong'),
): Promise<Echo> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      arrived.push({ body: Buffer.concat(chunks), rawHeaders: request.rawHeaders });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  // Safe because a server that listens on TCP has an address and a port.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}
