import { createAdaptorServer } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

import { StartError } from './failures.ts';

/** Nobody needs longer to send what a request begins with, or a whole body of 5 MB. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 45_000;
const CHECK_INTERVAL_MS = 5_000;
/** Longer than the minute that load balancers keep a connection, so that they close it, not we. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const MAX_CONNECTIONS = 10_000;
const CLOSE_CHECK_MS = 50;

type ListenConfig = { readonly host: string; readonly port: number };
type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

export type RunningServer = {
  readonly url: string;
  /** Takes no more connections, lets requests end until the deadline, then cuts them off. */
  close(deadlineMs: number): Promise<void>;
};

/**
 * Listens for requests.
 *
 * @throws {StartError} when the port or the host cannot be had.
 */
export async function startServer(fetch: Fetch, config: ListenConfig): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch,
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
  });
  // Safe because an HTTP/1 server is what is made when no other kind is asked for.
  const httpServer = server as Server;
  httpServer.maxConnections = MAX_CONNECTIONS;
  await listen(httpServer, config);
  return { url: urlOf(httpServer, config.host), close: (deadlineMs) => close(httpServer, deadlineMs) };
}

function listen(server: Server, { host, port }: ListenConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenProblem(error, { host, port })));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function listenProblem(error: Error, { host, port }: ListenConfig): StartError {
  const code = 'code' in error ? error.code : undefined;
  const sentence =
    code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken by another program. Stop that program, or set PORT to another number (0 takes any free port).`
      : code === 'EACCES'
        ? `Port ${port} may only be opened by an administrator. Set PORT to a number above 1023.`
        : `The collector cannot listen on ${host} (${error.message}). Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`;
  return new StartError(sentence, { cause: error });
}

function urlOf(server: Server, host: string): string {
  // Safe because a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const isAnyAddress = host === '0.0.0.0' || host === '::';
  const name = isAnyAddress ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function close(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that was busy when we began to close becomes idle later.
  const sweeper = setInterval(() => server.closeIdleConnections(), CLOSE_CHECK_MS);
  const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearInterval(sweeper);
  clearTimeout(cutOff);
}
