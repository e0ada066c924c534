import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askCollector } from '../../src/cli/ask-collector.ts';
import { judgeConnection } from '../../src/cli/judge-connection.ts';

async function listen(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

async function ask(url: string, timeoutMs = 5_000): Promise<string> {
  const asked = await askCollector(new URL('/v1/ping', url), { key: 'k', timeoutMs, nowMs: () => performance.now() });
  return judgeConnection(asked, { origin: url, hasProxy: false, hasKey: true })
    .map(({ status, message }) => `${status} ${message.replaceAll(/\d+ ms/g, '… ms')}`)
    .join('; ');
}

const html: RequestListener = (_request, response) => response.end('<html>');
const known: RequestListener = (request, response) => {
  const isKnown = request.headers.authorization === 'Bearer k' && request.url === '/v1/ping';
  response.writeHead(isKnown ? 200 : 404).end(JSON.stringify({ workspace: { id: 'w', name: 'Acme' }, scopes: ['ingest'] }));
};

test('a collector is reached step by step', async () => {
  const url = await listen(createServer(known));
  expect(await ask(url)).toBe(`ok ${url} answered (name … ms, tcp … ms, http … ms); ok workspace "Acme", scopes ingest`);
});

test('where nothing listens, that is said', async () => {
  expect(await ask('http://127.0.0.1:9')).toContain('fail http://127.0.0.1:9 does not listen there (tcp: ECONNREFUSED)');
});

test('a name that cannot be found is named', async () => {
  expect(await ask('http://collector.invalid')).toContain('has a name that cannot be found (name: E');
});

test('something else that answers is no collector', async () => {
  expect(await ask(await listen(createServer(html)))).toContain('answers, but not as a collector does');
});

test('https where only http is spoken is told apart', async () => {
  const url = (await listen(createServer(known))).replace('http', 'https');
  expect(await ask(url)).toMatch(/^fail .* does not speak TLS there \(tls: /);
});

test('a collector that takes the connection and never answers is waited for only so long', async () => {
  const url = await listen(createServer(() => undefined));
  const startMs = performance.now();
  expect(await ask(url, 200)).toContain('takes connections and answers nothing (http: ETIMEDOUT)');
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test('a connection that breaks is told', async () => {
  const url = await listen(createTcpServer((socket) => socket.on('data', () => socket.resetAndDestroy())));
  expect(await ask(url)).toContain('broke the connection (http: ECONNRESET)');
});

test('an answer without end is not read to its end', async () => {
  const endless: RequestListener = (_request, response) => {
    const more = (): void => void (response.write('x'.repeat(10_000)) ? setImmediate(more) : response.once('drain', more));
    more();
  };
  expect(await ask(await listen(createServer(endless)))).toContain('not as a collector does');
});
