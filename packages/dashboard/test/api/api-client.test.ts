import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { afterEach, expect, test } from 'vitest';

import { createApiClient } from '../../src/api/api-client.ts';
import { ApiError } from '../../src/api/api-error.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A client whose paths lead to a server that answers this way. */
async function clientOf(answer: Answer) {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return createApiClient({
    fetch: (path, init) => fetch(new URL(typeof path === 'string' ? path : '/', `http://127.0.0.1:${port}`), init),
  });
}

const refusalOf = async (work: Promise<unknown>): Promise<ApiError> => {
  const error: unknown = await work.catch((cause: unknown) => cause);
  if (!(error instanceof ApiError)) throw new Error('expected a refusal', { cause: error });
  return error;
};

test('an answer is read as it was written', async () => {
  const client = await clientOf((request, response) => response.end(JSON.stringify({ path: request.url })));
  expect(await client.get('/v1/costs?from=a')).toEqual({ path: '/v1/costs?from=a' });
});

test('a body is sent as JSON', async () => {
  const client = await clientOf((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => response.end(JSON.stringify({ type: request.headers['content-type'], body })));
  });
  expect(await client.post('/v1/setup', { name: 'Ada' })).toEqual({ type: 'application/json', body: '{"name":"Ada"}' });
});

test('a problem keeps its code, its words and its request', async () => {
  const client = await clientOf((_, response) => {
    response.statusCode = 503;
    response.end(JSON.stringify({ code: 'store_unavailable', detail: 'The database is away.', requestId: 'req_7c20e1', status: 503 }));
  });
  const error = await refusalOf(client.get('/v1/costs'));
  expect(error).toMatchObject({ code: 'store_unavailable', status: 503, message: 'The database is away.', requestId: 'req_7c20e1' });
  expect(error.isSignedOut).toBe(false);
});

test('the sign-in routes’ own refusals are read too', async () => {
  const client = await clientOf((_, response) => {
    response.statusCode = 401;
    response.end(JSON.stringify({ message: 'Invalid email or password' }));
  });
  const error = await refusalOf(client.post('/auth/sign-in/email', {}));
  expect([error.message, error.isSignedOut]).toEqual(['Invalid email or password', true]);
});

test('a proxy’s error page is named by its status', async () => {
  const client = await clientOf((_, response) => {
    response.statusCode = 502;
    response.end('<html>Bad gateway</html>');
  });
  expect(await refusalOf(client.get('/v1/costs'))).toMatchObject({ code: 'unreadable', message: 'The collector answered 502.' });
});

test('a collector that is away is told apart from one that refuses', async () => {
  const client = createApiClient({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
  expect(await refusalOf(client.get('/v1/costs'))).toMatchObject({ code: 'unreachable', status: 0 });
});

test('a question nobody waits for any more is dropped, not reported', async () => {
  const client = await clientOf(() => undefined);
  const control = new AbortController();
  const asked = client.get('/v1/costs', { signal: control.signal });
  control.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
