import { makeBatch, startPostgres } from '@llmobserve/testkit';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/failures.ts';
import { openDatabase } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { QUIET } from '../on-both-engines.ts';

const GIVE_UP_MS = 12_000;

test('a database that hangs is given up within its bound, and used again when it answers', async () => {
  const postgres = await startPostgres();
  const wire = await startWire(Number(new URL(postgres.url).port));
  const database = await openDatabase(QUIET, { engine: 'postgres', url: postgres.url.replace(/:\d+\//, `:${wire.port}/`) });
  const { accept } = createPipeline(database);
  const sender = newSender();
  await accept(sender, makeBatch(1));

  wire.hang();
  expect(await database.isReady()).toBe(false);
  const startedAt = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => accept(sender, makeBatch(1))));
  expect(performance.now() - startedAt).toBeLessThan(GIVE_UP_MS);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailableError) });

  wire.resume();
  expect(await accept(sender, makeBatch(1))).toMatchObject({ accepted: 1 });
  expect(await database.isReady()).toBe(true);
  await database.close();
  await wire.close();
  await postgres.stop();
});

type Wire = { readonly port: number; hang(): void; resume(): void; close(): Promise<void> };

/** A wire to a server that can stop carrying anything without breaking. */
async function startWire(targetPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let hangs = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    if (hangs) socket.pause();
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = keep(connect(targetPort, '127.0.0.1'));
    keep(near)
      .on('data', (bytes) => far.write(bytes))
      .on('end', () => far.end());
    far.on('data', (bytes) => near.write(bytes)).on('end', () => near.end());
    if (hangs) near.pause();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // Safe because a server that listens on a port has an address of this kind.
    port: (server.address() as AddressInfo).port,
    hang: () => {
      hangs = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      hangs = false;
      for (const socket of sockets) socket.resume();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
