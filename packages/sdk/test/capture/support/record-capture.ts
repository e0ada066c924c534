import { AsyncLocalStorage } from 'node:async_hooks';
import { onTestFinished } from 'vitest';
import { type Capture, type CapturedCall, type CaptureDeps, startCapture } from '../../../src/capture/index.ts';
import { installTaps } from '../../../src/wire/index.ts';
import { createTimers } from '../../../src/timers.ts';

/** Whose call it is, in these tests: a customer's name in an async context. */
export type TestScope = { readonly customer: string };

export type RecordedCapture = {
  readonly calls: readonly CapturedCall<TestScope>[];
  /** What was said aloud, and what was counted in silence. */
  readonly warnings: readonly string[];
  readonly faults: readonly string[];
  /** Resolves with everything captured once there are this many calls. */
  untilCalls(count: number): Promise<readonly CapturedCall<TestScope>[]>;
  asCustomer<Result>(customer: string, work: () => Result): Result;
  pending(): number;
  drain(): void;
  stop(): void;
  /** What an observed client asks at each call. */
  readonly callFetch: Capture['callFetch'];
};

/** Captures what this process calls until the test ends. */
export function recordCapture(overrides: Partial<CaptureDeps<TestScope>> = {}): RecordedCapture {
  const scopes = new AsyncLocalStorage<TestScope>();
  const calls: CapturedCall<TestScope>[] = [];
  const warnings: string[] = [];
  const faults: string[] = [];
  const waiting = new Set<() => void>();
  const capture = startCapture<TestScope>({
    onCall: (call) => {
      calls.push(call);
      for (const look of waiting) look();
    },
    currentScope: () => scopes.getStore(),
    isOwnHost: () => false,
    providers: {},
    readAfterMs: () => 1,
    diagnostics: {
      warnOnce: (_cause, message) => void warnings.push(message),
      debug: () => undefined,
      count: (cause) => void faults.push(cause),
    },
    installTaps,
    clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
    timers: createTimers(),
    ...overrides,
  });
  onTestFinished(() => capture.stop());
  return {
    calls,
    warnings,
    faults,
    untilCalls: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (calls.length < count) return;
          waiting.delete(look);
          resolve(calls);
        };
        waiting.add(look);
        look();
      }),
    asCustomer: (customer, work) => scopes.run({ customer }, work),
    pending: () => capture.pending(),
    drain: () => capture.drain(),
    stop: () => capture.stop(),
    callFetch: capture.callFetch,
  };
}
