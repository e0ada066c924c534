import { expect, onTestFinished, test } from 'vitest';
import { agent, init, stats, withCustomer } from '../src/index.ts';
import { recordCalls } from '../src/testing.ts';
import { startChatProvider } from './support/start-chat-provider.ts';

async function chat(providerUrl: string): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${providerUrl}/v1/chat/completions`, { method: 'POST', headers, body })).json();
}

test('a test of the app’s own sees its calls, and nothing leaves the process', async () => {
  const providerUrl = await startChatProvider();
  const calls = recordCalls({ environment: 'test' });
  onTestFinished(() => calls.stop());
  // The code under test starts the SDK as it does in production, with a collector that is not there.
  init({ apiKey: 'llmo_sk_none', collectorUrl: 'http://127.0.0.1:9', release: '1.4.2' });

  await withCustomer({ id: 'acme', plan: 'pro' }, () => agent('writer', () => chat(providerUrl)));
  await chat(providerUrl);

  expect(await calls.settled()).toMatchObject([
    {
      customer: 'acme',
      section: 'agent:writer',
      model: 'gpt-4o-2024-08-06',
      usage: { input: 10, output: 2 },
      environment: 'test',
      release: '1.4.2',
    },
    { provider: 'openai', operation: 'chat', status: 'ok' },
  ]);
  expect(calls.events[1]).not.toHaveProperty('customer');
  expect(calls.sections).toMatchObject([{ customer: 'acme', operation: 'agent', spanId: calls.events[0]?.parentSpanId }]);
  expect(stats()).toMatchObject({ captured: 3, sent: 3, queued: 0, lost: {} });

  calls.clear();
  await chat(providerUrl);
  expect(await calls.settled()).toHaveLength(1);
  await calls.stop();
  await chat(providerUrl);
  expect(await calls.settled()).toHaveLength(1);
});
