import type { BatchAnswer, PricedEvent } from '@llmobserve/protocol';
import { makeEvent } from '@llmobserve/testkit';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newWorkspace } from './new-workspace.ts';
import { useApp } from './start-app.ts';

const app = useApp();

const hostile = fc.oneof(
  fc.constantFrom(
    '\u0000',
    '\uD800',
    '__proto__',
    "'; DROP TABLE trace_events; --",
    '<script>',
    'x'.repeat(300),
    -1,
    1e308,
    null,
    true,
    [],
    {},
  ),
  fc.jsonValue(),
);
const MEMBERS = [
  'id',
  'kind',
  'provider',
  'model',
  'startedAt',
  'usage',
  'tags',
  'attributes',
  'customer',
  'section',
  'run',
  'error',
  'status',
];
const changes = fc.array(fc.tuple(fc.constantFrom(...MEMBERS), hostile), { minLength: 1, maxLength: 4 });

test('whatever stands beside it, a good event is stored, and every event has its verdict', async () => {
  const workspace = await newWorkspace(app());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(changes.map(Object.fromEntries), hostile), { maxLength: 8 }), async (oddities) => {
      const good = makeEvent({ id: randomUUID(), customer: 'good' });
      const odd = oddities.map((change) => (isObject(change) ? { ...makeEvent(), ...change } : change));
      const response = await workspace.send(...odd, good);
      expect(response.status).toBe(200);
      const answer = (await response.json()) as BatchAnswer;
      expect(answer.accepted + answer.duplicates + answer.rejected.length).toBe(odd.length + 1);
      expect(answer.rejected.map(({ index }) => index)).not.toContain(odd.length);
      expect(await workspace.get<PricedEvent>(`/v1/events/${good.id}`)).toMatchObject({ customer: 'good' });
    }),
    { numRuns: 100 },
  );
  expect((await workspace.fetch('/v1/costs?groupBy=customer,tag:__proto__&interval=day')).status).toBe(200);
  expect((await workspace.fetch('/v1/events?limit=200')).status).toBe(200);
});

test('no body of any kind is answered with a 5xx, or with anything of the inside', async () => {
  const workspace = await newWorkspace(app());
  const body = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string(),
    fc.json().map((text) => text.slice(0, -1)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const response = await workspace.fetch('/v1/events', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(/\bat \w+ \(|node_modules|SELECT |\.ts:\d/);
    }),
    { numRuns: 200 },
  );
});

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
