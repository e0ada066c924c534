import type { CustomerRef } from '@llmobserve/protocol';
import type { CapturedCall } from './capture/index.ts';
import { describeCall } from './describe-call.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Observer, Scope } from './runtime.ts';

export type Observers = {
  /** Lets somebody stand beside capture; gives the way back. */
  add(observer: Observer): () => void;
  /** Puts what an observer carries beside a call onto the scope of that call. */
  mark(scope: Scope | undefined): Scope | undefined;
  /** Whether two calls were made in the same scope, whatever is carried beside each. */
  isSameScope(a: Scope | undefined, b: Scope | undefined): boolean;
  /** Tells of a call, and for whom it is counted. */
  tell(call: CapturedCall<Scope>, isFromWire: boolean, customer: CustomerRef | undefined): void;
  /** Asks for what observers keep back. */
  release(): void;
};

/** Those who stand beside capture: nothing of theirs is asked where there are none, and nothing they throw goes further. */
export function createObservers(diagnostics: Diagnostics): Observers {
  const observers = new Set<Observer>();
  const bare = new WeakMap<Scope, { readonly scope: Scope | undefined }>();

  function ask<Answer>(question: (observer: Observer) => Answer): Answer | undefined {
    let answer: Answer | undefined;
    for (const observer of observers) {
      try {
        answer = question(observer) ?? answer;
      } catch {
        diagnostics.count('observer');
      }
    }
    return answer;
  }

  function withoutMark(scope: Scope | undefined): Scope | undefined {
    const marked = scope && bare.get(scope);
    return marked ? marked.scope : scope;
  }

  return {
    add(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    mark(scope) {
      const mark = observers.size > 0 ? ask((observer) => observer.mark?.()) : undefined;
      if (!mark) return scope;
      const joined = { ...scope, mark };
      bare.set(joined, { scope });
      return joined;
    },
    isSameScope: (a, b) => withoutMark(a) === withoutMark(b),
    tell(call, isFromWire, customer) {
      diagnostics.debug(() => describeCall(call, customer?.id));
      ask((observer) => observer.onCall?.(call, isFromWire));
    },
    release() {
      ask((observer) => observer.release?.());
    },
  };
}
