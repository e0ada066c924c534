import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FAKE_PLAN, keepAsking, LIVE_PLAN, sendBurst, type TrafficDeps } from '../drive-traffic.ts';
import { TENANT_KEYS, type AppRequest } from '../pick-request.ts';

/** An app that answers in the next turn, and what it was asked. */
function createApp({ signal = new AbortController().signal, isWell = true } = {}) {
  const asked: AppRequest[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const send = async (request: AppRequest) => {
    asked.push(request);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    await turn();
    atOnce -= 1;
    return isWell;
  };
  const deps: TrafficDeps = { send, random: Math.random, nowMs: Date.now, signal };
  return { deps, asked, mostAtOnce: () => mostAtOnce };
}

const plan = { burst: 24, maxAtOnce: 3, maxRequests: 40, pauseMs: () => 0 };

test('the burst lets every customer ask equally often, so many at once and no more', async () => {
  const { deps, asked, mostAtOnce } = createApp();
  expect(await sendBurst(deps, plan)).toBe(24);
  expect(asked).toHaveLength(24);
  for (const key of TENANT_KEYS) expect(asked.filter((request) => request.tenantKey === key)).toHaveLength(2);
  expect(mostAtOnce()).toBe(3);
});

test('an app that answers nothing well is told apart', async () => {
  expect(await sendBurst(createApp({ isWell: false }).deps, plan)).toBe(0);
});

test('after the burst no more is asked than the plan allows in all', async () => {
  const { deps, asked, mostAtOnce } = createApp();
  expect(await keepAsking(deps, plan)).toBe(40);
  expect(asked).toHaveLength(16);
  expect(mostAtOnce()).toBeLessThanOrEqual(3);
});

test('both end when the demo does', async () => {
  const controller = new AbortController();
  const { deps, asked } = createApp({ signal: controller.signal });
  const asking = keepAsking(deps, { ...plan, maxRequests: 1000, pauseMs: () => 60_000 });
  await turn();
  controller.abort();
  await asking;
  await sendBurst(deps, plan);
  expect(asked.length).toBeLessThan(3);
});

test('the fakes are asked less as time goes by, OpenAI itself only a few times', () => {
  const minutes = [1, 30, 600].map((minute) => FAKE_PLAN.pauseMs(minute * 60_000));
  expect(minutes).toEqual(minutes.toSorted((left, right) => left - right));
  expect(LIVE_PLAN.maxRequests).toBeLessThanOrEqual(50);
});
