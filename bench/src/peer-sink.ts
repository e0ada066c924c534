import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export type PeerSink = { readonly url: string; recorded(): number; bytesEach(): number; close(): void };

/** Accepts what any observer sends, and counts the calls in it and the bytes they took. */
export async function startPeerSink(): Promise<PeerSink> {
  let recorded = 0;
  let bytes = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const count = countCalls((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString());
      recorded += count;
      bytes += body.length;
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(request.url === '/v1/events' ? JSON.stringify({ accepted: count, duplicates: 0, rejected: [] }) : '{}');
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // Safe because a listening TCP server has an address with a port.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded: () => recorded,
    bytesEach: () => bytes / Math.max(1, recorded),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Our events, or spans in OTLP's JSON; other bodies hold no call. */
function countCalls(text: string): number {
  try {
    // Safe because only the observers under test send here, and what is absent counts as none.
    const body = JSON.parse(text) as { readonly events?: readonly unknown[]; readonly resourceSpans?: readonly ResourceSpans[] };
    if (body.events) return body.events.length;
    return (body.resourceSpans ?? []).flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)).length;
  } catch {
    return 0;
  }
}

type ResourceSpans = { readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[] };
