import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/index.ts';
import { jsonAnswer, startFakeProvider, type Provider } from '../../src/providers/index.ts';

/** Answers with what it was asked for, so that order and identity can be seen. */
const echo: Provider = {
  answer: (request) => jsonAnswer(200, { path: request.path, query: request.query.get('n'), members: request.members }),
  refuse: (status) => jsonAnswer(status, { refused: status }),
};
const start = (options?: Parameters<typeof startFakeProvider>[1]) => startFakeProvider(echo, options);

test('bends are taken by requests in their order, then the usual one holds', async () => {
  const fake = await start({ quirk: { status: 418 } });
  fake.bendNext({}, { status: 500 });
  const statuses = [];
  for (let number = 0; number < 4; number += 1) statuses.push((await fetch(fake.url)).status);
  expect(statuses).toEqual([200, 500, 418, 418]);
  await fake.close();
});

test('path, query and JSON reach the provider; a body that is none reaches it empty', async () => {
  const fake = await start();
  const ask = async (body: string) => (await fetch(`${fake.url}/some/path?n=7`, { method: 'POST', body })).json();
  expect(await ask('{"a":1}')).toEqual({ path: '/some/path', query: '7', members: { a: 1 } });
  for (const body of ['', 'no json', '[1]', 'null']) expect(await ask(body)).toMatchObject({ members: {} });
  expect(fake.requests.map((request) => request.body.toString())).toEqual(['{"a":1}', '', 'no json', '[1]', 'null']);
  await fake.close();
});

test('a fixed port is used again after the fake was closed, and the URL says so', async () => {
  const port = await findFreePort();
  for (let round = 0; round < 2; round += 1) {
    const fake = await start({ port });
    expect(fake.url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(fake.url)).status).toBe(200);
    await fake.close();
  }
});

test('closing ends connections that hang, too', async () => {
  const fake = await start();
  fake.bendNext({ hangAfterPieces: 0 });
  const response = await fetch(fake.url);
  await fake.close();
  await expect(response.text()).rejects.toThrow();
});

test('each error tells when to come back, in milliseconds and in whole seconds', async () => {
  const fake = await start();
  fake.bendNext({ status: 429, retryAfterMs: 1500 });
  const { headers } = await fetch(fake.url);
  expect([headers.get('retry-after-ms'), headers.get('retry-after')]).toEqual(['1500', '2']);
  await fake.close();
});

test('many requests at once are all recorded, each with its own bytes', async () => {
  const fake = await start();
  await Promise.all(
    Array.from({ length: 30 }, (_, number) => fetch(`${fake.url}/?n=${number}`, { method: 'POST', body: `{"n":${number}}` })),
  );
  expect(fake.requests).toHaveLength(30);
  for (const request of fake.requests) {
    const number = new URL(request.path, fake.url).searchParams.get('n');
    expect(request.rawBytes.toString('latin1')).toMatch(
      new RegExp(`^POST /\\?n=${number} HTTP/1\\.1\\r\\n[^]*\\r\\n\\r\\n\\{"n":${number}\\}$`),
    );
  }
  await fake.close();
});

test('a caller whose answer cannot be made does not wait for ever, and the test hears why', async () => {
  const failure = new Error('no answer comes to mind');
  const theirs = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  onTestFinished(() => {
    for (const listener of theirs) process.on('unhandledRejection', listener);
  });
  const heard = once(process, 'unhandledRejection');
  const answer = (): never => {
    throw failure;
  };
  const fake = await startFakeProvider({ ...echo, answer });
  await expect(fetch(fake.url)).rejects.toThrow('fetch failed');
  expect((await heard)[0]).toBe(failure);
  await fake.close();
});

test('a fake can be closed twice', async () => {
  const fake = await start();
  await fake.close();
  await fake.close();
  await expect(fetch(fake.url)).rejects.toThrow();
});
