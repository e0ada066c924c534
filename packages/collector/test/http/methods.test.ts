import { expect, test } from 'vitest';
import { useApp } from './start-app.ts';

const app = useApp();

test.each([
  ['PUT', '/v1/events', 'POST, GET, HEAD'],
  ['DELETE', '/v1/costs', 'GET, HEAD'],
  ['OPTIONS', '/v1/api-keys', 'POST, GET, HEAD'],
  ['GET', '/v1/api-keys/0198f3a2-0000-7000-8000-000000000000', 'DELETE'],
  ['GET', '/auth/sign-out', 'POST'],
  ['HEAD', '/auth/sign-in/email', 'POST'],
  ['POST', '/health', 'GET, HEAD'],
  ['PATCH', '/v1/customers/acme', 'GET, HEAD'],
])('%s %s is told which methods there are: %s', async (method, path, allow) => {
  const response = await fetch(app().url + path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  if (method === 'HEAD') return;
  expect(response.headers.get('content-security-policy')).toBeTruthy();
  expect(await response.json()).toMatchObject({ code: 'method_not_allowed', allow });
});

test.each([
  ['POST', '/v1/nothing'],
  ['PUT', '/customers'],
  ['OPTIONS', '/v1/customers/acme/more'],
])('%s %s is not found: there is nothing at that path', async (method, path) => {
  const response = await fetch(app().url + path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([404, null]);
});

test('the head of a read is that of its answer, without a body', async () => {
  const response = await fetch(`${app().url}/health`, { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'application/json', '']);
});
