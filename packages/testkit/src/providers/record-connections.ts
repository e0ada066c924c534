import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The bytes that a connection has carried since its last request was taken. */
export type Connection = { readonly number: number; takeBytes(): Buffer };

/** Keeps every byte that arrives, before the HTTP parser makes anything of it. */
export function recordConnections(server: Server): (socket: Socket) => Connection {
  const connections = new WeakMap<Socket, Connection>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    let chunks: Buffer[] = [];
    // First in line, so that a request's bytes are here when its handler asks for them.
    socket.prependListener('data', (chunk: Buffer) => void chunks.push(chunk));
    const takeBytes = (): Buffer => {
      const bytes = Buffer.concat(chunks);
      chunks = [];
      return bytes;
    };
    connections.set(socket, { number: count, takeBytes });
    count += 1;
  });
  return (socket) => connections.get(socket) ?? { number: -1, takeBytes: () => Buffer.alloc(0) };
}
