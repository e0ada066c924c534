import { expect, onTestFinished, test, vi } from 'vitest';
import type { Stats } from '../../src/runtime.ts';
import { answerFor, startScriptedCollector, type Answer, type ReceivedBatch } from '../support/scripted-collector.ts';
import { startTestEngine } from '../support/start-test-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

const SPEED = 50;
const ROUNDS = 20;
const EVENTS_PER_ROUND = 1000;

/** The same numbers on every run, so that a failure can be looked at again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('through faults at random moments each event is stored once or counted as lost, id by id', async () => {
  const random = createRandom(20_261_120);
  const poisoned = new Set<string>();
  const refused = new Set<string>();
  const counted = new Set<string>();
  let isFaulty = true;

  function misbehave({ body }: ReceivedBatch): Answer {
    for (const { id } of body.events) {
      if (counted.has(id)) continue;
      counted.add(id);
      const kind = random();
      if (kind < 0.001) poisoned.add(id);
      else if (kind < 0.003) refused.add(id);
    }
    // A batch of one that is too large is refused for good, so that fault is for larger ones.
    const possible = body.events.length > 1 ? faults : faults.slice(1);
    if (isFaulty && random() < 0.4) return possible[Math.floor(random() * possible.length)];
    if (body.events.some(({ id }) => poisoned.has(id))) return { status: 400, body: { code: 'invalid_body' } };
    const answer = answerFor(body, stored, [...refused]);
    return { status: answer.accepted + answer.duplicates > 0 ? 200 : 422, body: answer };
  }
  const stored = new Set<string>();
  const collector = await startScriptedCollector(misbehave);
  onTestFinished(() => collector.close());
  const { engine, captureMany } = startTestEngine({ collectorUrl: collector.url, flushIntervalMs: 200 }, SPEED);

  const unbalanced: Stats[] = [];
  const sampler = setInterval(() => {
    const stats = engine.stats();
    if (balanceOf(stats) !== 0) unbalanced.push(stats);
  }, 1);
  onTestFinished(() => clearInterval(sampler));
  for (let round = 0; round < ROUNDS; round += 1) {
    captureMany(EVENTS_PER_ROUND);
    await engine.flush(random() * 5000);
  }
  expect(unbalanced).toEqual([]);
  isFaulty = false;
  expect(await engine.flush(600_000)).toBe(true);

  const lost = poisoned.size + refused.size;
  expect(counted.size).toBe(ROUNDS * EVENTS_PER_ROUND);
  expect(engine.stats()).toEqual({ captured: counted.size, sent: counted.size - lost, queued: 0, lost: { rejected: lost } });
  expect([...stored].every((id) => !poisoned.has(id) && !refused.has(id))).toBe(true);
  expect(stored.size).toBe(counted.size - lost);
});

function balanceOf({ captured, sent, queued, lost }: Stats): number {
  return captured - sent - queued - Object.values(lost).reduce((sum, count) => sum + count, 0);
}

const faults: readonly Answer[] = [
  { status: 413, body: { code: 'body_too_large' } },
  'silent',
  'reset',
  { status: 503, headers: { 'retry-after': '1' } },
  { status: 500, body: '<html>' },
  { status: 200, body: '<html>Welcome</html>' },
  { status: 429, headers: { 'retry-after': '2' }, body: { code: 'quota_exceeded' } },
];
