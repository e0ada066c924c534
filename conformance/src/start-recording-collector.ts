import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { parseCostEvent, type Batch, type BatchAnswer, type SentCostEvent } from '@llmobserve/protocol';

export type RecordingCollector = {
  readonly url: string;
  /** Hands over what came since the last time. */
  take(): { readonly events: readonly SentCostEvent[]; readonly problems: readonly string[] };
  close(): Promise<void>;
};

/** Takes every batch as the real collector does, with its validation and without its database. */
export async function startRecordingCollector(): Promise<RecordingCollector> {
  let events: SentCostEvent[] = [];
  let problems: string[] = [];
  const server = createServer((request, response) => {
    void readBatch(request).then((batch) => {
      events.push(...batch.events);
      problems.push(...batch.events.flatMap(findProblem));
      for (const [reason, count] of Object.entries(batch.lost ?? {})) problems.push(`${count} lost: ${reason}`);
      const answer: BatchAnswer = { accepted: batch.events.length, duplicates: 0, rejected: [] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a server that listens on TCP has an address and a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = { events, problems };
      events = [];
      problems = [];
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readBatch(request: IncomingMessage): Promise<Batch> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  // Safe because the SDK under test wrote it, and what is wrong with an event is found below.
  return JSON.parse(text.toString('utf8')) as Batch;
}

function findProblem(event: SentCostEvent): readonly string[] {
  const parsed = parseCostEvent(event, Date.now());
  return 'problems' in parsed ? [`the collector would refuse ${JSON.stringify(event)}: ${JSON.stringify(parsed.problems)}`] : [];
}
