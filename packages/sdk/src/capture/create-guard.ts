import type { Diagnostics } from '../diagnostics.ts';

export type GuardDeps = {
  readonly diagnostics: Diagnostics;
  /** A call was seen and could not be read. */
  readonly onLost?: (() => void) | undefined;
};

export type Guard = {
  /** Keeps what goes wrong in a step away from the app; the call that was in it is lost, and counted so. */
  guarded<Value>(step: (value: Value) => void): (value: Value) => void;
  reportFault(error: unknown): void;
};

/** Makes what stands between a fault of ours and the app. */
export function createGuard({ diagnostics, onLost }: GuardDeps): Guard {
  function reportFault(error: unknown): void {
    diagnostics.count('capture');
    diagnostics.warnOnce('capture', `a call could not be captured, the app is not affected: ${String(error)}`);
  }

  return {
    guarded: (step) => (value) => {
      try {
        step(value);
      } catch (error) {
        reportFault(error);
        onLost?.();
      }
    },
    reportFault,
  };
}
