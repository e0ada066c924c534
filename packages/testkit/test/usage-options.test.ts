import { expect, onTestFinished, test } from 'vitest';
import { startFakeAnthropic, startFakeBedrock, startFakeCohere, startFakeGoogle, type FakeProvider } from '../src/index.ts';

const messages = [{ role: 'user', content: 'four words are here' }];
const CONTENTS = { contents: [{ parts: [{ text: 'four words are here' }] }] };
const CONVERSE = { messages: [{ role: 'user', content: [{ text: 'four words are here' }] }] };

async function tell(
  starting: Promise<FakeProvider>,
  path: string,
  body: object,
): Promise<{ readonly head: Headers; readonly text: string }> {
  const fake = await starting;
  onTestFinished(() => fake.close());
  const headers = { authorization: 'Bearer fake' };
  const answer = await fetch(fake.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { head: answer.headers, text: await answer.text() };
}

test.each<[string, (options: { readonly omitsUsage?: boolean }) => Promise<FakeProvider>, string, object]>([
  ['Anthropic', startFakeAnthropic, '/v1/messages', { messages }],
  ['Anthropic, streamed', startFakeAnthropic, '/v1/messages', { messages, stream: true }],
  ['Bedrock', startFakeBedrock, '/model/m/converse', CONVERSE],
  ['Bedrock, streamed', startFakeBedrock, '/model/m/converse-stream', CONVERSE],
  ['Claude at Bedrock', startFakeBedrock, '/model/anthropic.claude/invoke', { messages }],
  ['Cohere', startFakeCohere, '/v2/chat', { messages }],
  ['Cohere, streamed', startFakeCohere, '/v2/chat', { messages, stream: true }],
  ['Cohere of old, streamed', startFakeCohere, '/v1/chat', { message: 'a b', stream: true }],
  ['Gemini', startFakeGoogle, '/v1/models/m:generateContent', CONTENTS],
  ['Gemini, streamed', startFakeGoogle, '/v1/models/m:streamGenerateContent?alt=sse', CONTENTS],
])('%s tells its usage, save where it is left out', async (_name, start, path, body) => {
  const usage = /usage|billed_units/;
  expect((await tell(start({}), path, body)).text).toMatch(usage);
  expect((await tell(start({ omitsUsage: true }), path, body)).text).not.toMatch(usage);
});

test('a plan of the test decides the tokens, whatever was asked', async () => {
  const anthropic = startFakeAnthropic({ planUsage: (planned) => ({ ...planned, cacheRead: planned.input * 100 }) });
  expect((await tell(anthropic, '/v1/messages', { messages })).text).toContain('"cache_read_input_tokens":400');
  const bedrock = startFakeBedrock({ planUsage: (planned) => ({ ...planned, cacheWrite1h: 9 }) });
  expect((await tell(bedrock, '/model/m/converse', CONVERSE)).text).toContain('"cacheDetails":[{"ttl":"1h","inputTokens":9}]');
  const google = startFakeGoogle({ planUsage: (planned) => ({ ...planned, cached: 3 }) });
  expect((await tell(google, '/v1/models/m:generateContent', CONTENTS)).text).toContain('"cachedContentTokenCount":3');
});

test('the tier that serves is told where each provider tells it', async () => {
  const anthropic = await tell(startFakeAnthropic({ tier: 'priority' }), '/v1/messages', { messages });
  expect(anthropic.text).toContain('"service_tier":"priority"');
  const bedrock = await tell(startFakeBedrock({ tier: 'flex' }), '/model/m/converse', CONVERSE);
  expect(bedrock.text).toContain('"serviceTier":{"type":"flex"}');
  expect(bedrock.head.get('x-amzn-bedrock-service-tier')).toBe('flex');
  const google = await tell(
    startFakeGoogle({ tierHeader: 'flex', terms: { trafficType: 'ON_DEMAND' } }),
    '/v1/models/m:generateContent',
    CONTENTS,
  );
  expect([google.head.get('x-gemini-service-tier'), google.text]).toEqual(['flex', expect.stringContaining('"trafficType":"ON_DEMAND"')]);
});
