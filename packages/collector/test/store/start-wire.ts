import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a database server that can fail in ways in which a server seldom does. */
export type Wire = {
  /** Of the server, through the wire. */
  readonly url: string;
  /** Carries nothing any more, without breaking. */
  hang(): void;
  resume(): void;
  /** Breaks once: when a COMMIT comes that it keeps to itself, or when the server has answered one that it carried. */
  breakAtCommit(moment: 'before' | 'after'): void;
  close(): Promise<void>;
};

export async function startWire(targetUrl: string): Promise<Wire> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let hangs = false;
  let breaks: 'before' | 'after' | undefined;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    if (hangs) socket.pause();
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = keep(connect(Number(target.port), '127.0.0.1'));
    const cut = (): void => void (near.destroy(), far.destroy());
    keep(near)
      .on('data', (bytes) => {
        const moment = bytes.includes('COMMIT') ? breaks : undefined;
        if (moment !== undefined) breaks = undefined;
        if (moment === 'before') return cut();
        if (moment === 'after') far.removeAllListeners('data').once('data', cut);
        far.write(bytes);
      })
      .on('end', () => far.end());
    far.on('data', (bytes) => near.write(bytes)).on('end', () => near.end());
    if (hangs) near.pause();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe because a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: targetUrl.replace(`:${target.port}/`, `:${port}/`),
    hang: () => {
      hangs = true;
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      hangs = false;
      for (const socket of sockets) socket.resume();
    },
    breakAtCommit: (moment) => {
      breaks = moment;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
