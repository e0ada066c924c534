import { expect, test } from 'vitest';
import type { WireDeps } from '../../src/wire/index.ts';
import { recordCapture, type TestScope } from './support/record-capture.ts';

const ASK = Buffer.from(JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] }));
const REQUEST = { method: 'POST', host: 'api.openai.com', path: '/v1/chat/completions', header: () => undefined };

test('of requests that never end ten thousand are waited for, and the oldest of more is handed over', () => {
  let deps: WireDeps<TestScope | undefined> | undefined;
  const capture = recordCapture({
    readAfterMs: () => 0,
    installTaps(given) {
      deps = given;
      return { stop: () => undefined, callFetch: () => undefined };
    },
  });
  for (let i = 0; i < 10_001; i += 1) deps?.watch(REQUEST, { customer: `customer-${i}` })?.sent(ASK);
  expect(capture.pending()).toBe(10_000);
  expect(capture.calls).toMatchObject([{ status: 'cancelled', usageQuality: 'estimated', scope: { customer: 'customer-0' } }]);
  expect(capture.faults).toEqual(['too_many_open']);
});
