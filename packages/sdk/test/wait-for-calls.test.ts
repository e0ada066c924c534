import { expect, test } from 'vitest';
import { flush, stats, withCustomer } from '../src/index.ts';
import { recordCalls } from '../src/testing.ts';
import { startChatProvider } from './support/start-chat-provider.ts';

async function chat(providerUrl: string, prompt: string): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${providerUrl}/v1/chat/completions`, { method: 'POST', headers, body })).json();
}

test('flush on a server that is never idle waits for the calls that had begun, and for no others', async () => {
  const providerUrl = await startChatProvider();
  const calls = recordCalls();
  let isBusy = true;
  const traffic = Array.from({ length: 4 }, async () => {
    while (isBusy) await chat(providerUrl, 'slow');
  });
  const before = withCustomer('before', () => chat(providerUrl, 'slow'));
  expect(await flush(3000)).toBe(true);
  expect(calls.events.map(({ customer }) => customer)).toContain('before');
  const { captured, sent, queued } = stats();
  expect(captured).toBe(sent + queued);
  isBusy = false;
  await Promise.all([before, ...traffic]);
  await calls.stop();
});

test('flush right after a last failure does not wait for a retry that never comes', async () => {
  const providerUrl = await startChatProvider();
  const calls = recordCalls();
  await chat(providerUrl, 'busy');
  const begunMs = performance.now();
  expect(await flush(10_000)).toBe(true);
  expect(performance.now() - begunMs).toBeLessThan(2000);
  expect(calls.events).toMatchObject([{ status: 'error', error: { code: 'server_error', httpStatus: 503 }, attempts: 1 }]);
  await calls.stop();
});
