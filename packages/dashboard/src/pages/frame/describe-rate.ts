import type { LiveSnapshot } from '../../api/index.ts';

export type Rate = { readonly text: string; readonly dot: 'is-live' | 'is-off' | 'is-warn' };

const MINUTE_MS = 60_000;
const MIN_LISTENED_MS = 10_000;

/** Says the pace of incoming calls; until a minute has been listened to, from what there is. */
export function describeRate(live: Pick<LiveSnapshot, 'state' | 'arrivalsMs' | 'listeningSinceMs'>, nowMs: number): Rate {
  if (live.state !== 'open') return { text: live.state === 'connecting' ? 'Connecting' : 'Not listening', dot: 'is-warn' };
  const listenedMs = nowMs - (live.listeningSinceMs ?? nowMs);
  const calls = live.arrivalsMs.filter((atMs) => atMs > nowMs - MINUTE_MS).length;
  if (calls === 0) return { text: listenedMs < MIN_LISTENED_MS ? 'Listening for calls' : 'No calls right now', dot: 'is-off' };
  const perMinute = Math.max(1, Math.round((calls * MINUTE_MS) / Math.min(MINUTE_MS, Math.max(listenedMs, MIN_LISTENED_MS))));
  return { text: `${perMinute} ${perMinute === 1 ? 'call' : 'calls'} a minute`, dot: 'is-live' };
}
