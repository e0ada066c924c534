import { setTimeout as wait } from 'node:timers/promises';
import { pickRequest, requestOf, TENANT_KEYS, type AppRequest } from './pick-request.ts';

export type TrafficDeps = {
  /** Makes one request to the app, to its end; true when it was answered well. */
  readonly send: (request: AppRequest) => Promise<boolean>;
  readonly random: () => number;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
};

export type TrafficPlan = {
  /** Requests of the first burst. */
  readonly burst: number;
  /** Most requests at the same time. */
  readonly maxAtOnce: number;
  /** No more requests than this in all. */
  readonly maxRequests: number;
  /** How long to wait between two requests, after so much time. */
  readonly pauseMs: (elapsedMs: number) => number;
};

const MINUTE_MS = 60_000;

/** Against the fakes: lively while somebody looks, and little enough in the long run that no disk fills. */
export const FAKE_PLAN: TrafficPlan = {
  burst: 72,
  maxAtOnce: 6,
  maxRequests: 200_000,
  pauseMs: (elapsedMs) => {
    if (elapsedMs < 10 * MINUTE_MS) return 600;
    return elapsedMs < 60 * MINUTE_MS ? 2500 : 15_000;
  },
};

/** Against OpenAI itself every request costs real money: so many, and then no more. */
export const LIVE_PLAN: TrafficPlan = { burst: 12, maxAtOnce: 2, maxRequests: 40, pauseMs: () => 10_000 };

/** Sends the first burst: every tenant in turn, as many at once as the plan allows; gives how many were answered well. */
export async function sendBurst(deps: TrafficDeps, plan: TrafficPlan): Promise<number> {
  let next = 0;
  let answered = 0;
  const work = async (): Promise<void> => {
    while (next < plan.burst && !deps.signal.aborted) {
      const tenantKey = TENANT_KEYS[next % TENANT_KEYS.length] ?? '';
      next += 1;
      if (await deps.send(requestOf(tenantKey, deps.random))) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: plan.maxAtOnce }, work));
  return answered;
}

/** Sends one request after the other until the plan or the demo ends; gives how many were sent. */
export async function keepAsking(deps: TrafficDeps, plan: TrafficPlan): Promise<number> {
  const startMs = deps.nowMs();
  const pending = new Set<Promise<boolean>>();
  let sent = plan.burst;
  while (sent < plan.maxRequests && !deps.signal.aborted) {
    const elapsedMs = deps.nowMs() - startMs;
    const request = deps.send(pickRequest(deps.random, elapsedMs)).finally(() => pending.delete(request));
    pending.add(request);
    sent += 1;
    if (pending.size >= plan.maxAtOnce) await Promise.race(pending);
    await wait(plan.pauseMs(elapsedMs), undefined, { signal: deps.signal }).catch(() => undefined);
  }
  await Promise.allSettled(pending);
  return sent;
}
