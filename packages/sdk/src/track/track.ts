import { liveRuntime } from '../runtime.ts';
import { readTrackedCall, type TrackedCall } from './read-tracked-call.ts';

/**
 * Records a call that is not captured by itself: telephony, search, GPU seconds, whatever costs money per use. It is priced
 * by the price book, or by `costUsd` where you know it. With an `id` of your own it counts once, however often it is told.
 *
 * What it is to cost must be right: with a quantity or an amount that is none, the call is counted as `lost.invalid`.
 *
 * @example track({ provider: 'twilio', operation: 'sms', usage: { requests: 1 }, costUsd: '0.0079', customer: 'acme' });
 */
export function track(call: TrackedCall): void {
  const { engine, scopes, sha256Hex } = liveRuntime();
  if (!engine) return;
  let wrong = 'it could not be read';
  try {
    const read = readTrackedCall(call, { nowMs: engine.clock.nowMs(), scope: scopes.getStore(), sha256Hex });
    if (typeof read !== 'string') return engine.report(read);
    wrong = read;
  } catch {
    // Such as a getter of the app's that throws.
  }
  engine.refuse('invalid', `track() could not record a call: ${wrong}`);
}
