import type { IncomingMessage } from 'node:http';
import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';

const MAX_BODY_BYTES = 50_000_000;

/** A request as a provider reads it. */
export type ReadRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** The body's members; empty when it is no JSON object. */
  readonly members: JsonRecord;
};

/** Waits for the whole body. */
export async function readRequest(incoming: IncomingMessage): Promise<ReadRequest> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Safe because without an encoding a request gives buffers.
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new Error(`a request has more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://fake');
  const body = Buffer.concat(chunks);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
    members: readMembers(body),
  };
}

/** Where the fake is, by the name its caller knows. */
export function originOf({ headers }: Pick<ReadRequest, 'headers'>): string {
  return `http://${headers.host ?? 'fake'}`;
}

function readMembers(body: Buffer): JsonRecord {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isJsonRecord(value) ? value : {};
  } catch {
    return {};
  }
}
