import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';

export type Http2Front = { readonly url: string; close(): Promise<void> };

/** Speaks HTTP/2 in clear text before a fake that speaks HTTP/1.1, and hands on each header and each byte of the bodies. */
export async function startHttp2Front(targetUrl: string): Promise<Http2Front> {
  const server = createServer();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => forward(targetUrl, stream, headers));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function forward(targetUrl: string, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  const asked = request(
    new URL(headers[':path'] ?? '/', targetUrl),
    { method: headers[':method'] ?? 'GET', headers: Object.fromEntries(own) },
    (answer) => {
      const { connection: _connection, 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = answer.headers;
      stream.respond({ ':status': answer.statusCode, ...rest });
      answer.pipe(stream);
    },
  );
  stream.pipe(asked);
  // Who leaves the front leaves the fake too.
  stream.on('close', () => asked.destroy());
  stream.on('error', () => asked.destroy());
  asked.on('error', () => stream.destroy());
}
