import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a TCP port on 127.0.0.1 that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the operating system gave no port');
  server.close();
  await once(server, 'close');
  return address.port;
}
