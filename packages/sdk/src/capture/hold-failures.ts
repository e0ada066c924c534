import type { FoldedCall, HeldCall } from './fold-retries.ts';

export type HoldDeps<Scope> = {
  /** Runs once after a while; gives the way to call it off. Must not keep the process alive. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly emit: (call: FoldedCall<Scope>) => void;
  /** Whether a request under way may yet prove to be the retry that was due at a time on the monotonic clock. */
  readonly mayStillCome: (call: HeldCall<Scope>, dueMs: number) => boolean;
};

export type HeldFailures<Scope> = {
  add(call: HeldCall<Scope>, delayMs: number): void;
  /** Takes the longest held of such calls. */
  take(isSuch: (call: HeldCall<Scope>) => boolean): HeldCall<Scope> | undefined;
  release(): void;
  count(): number;
};

const LONGEST_WAIT_MS = 60_000;

/** Holds failed calls until their retry comes or is overdue. */
export function holdFailures<Scope>(deps: HoldDeps<Scope>): HeldFailures<Scope> {
  const held = new Map<HeldCall<Scope>, () => void>();

  function arm(call: HeldCall<Scope>, delayMs: number, leftMs: number): void {
    const callOff = deps.after(delayMs, () => {
      if (!held.has(call)) return;
      if (leftMs > 0 && deps.mayStillCome(call, call.attempt.endedMs + delayMs)) return arm(call, delayMs, leftMs - delayMs);
      held.delete(call);
      deps.emit(call);
    });
    held.set(call, callOff);
  }

  return {
    add: (call, delayMs) => arm(call, delayMs, LONGEST_WAIT_MS),
    take(isSuch) {
      for (const [call, callOff] of held) {
        if (!isSuch(call)) continue;
        callOff();
        held.delete(call);
        return call;
      }
      return undefined;
    },
    release() {
      for (const [call, callOff] of held) {
        callOff();
        deps.emit(call);
      }
      held.clear();
    },
    count: () => held.size,
  };
}
