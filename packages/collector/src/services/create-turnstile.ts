import { ProblemError } from './problem-error.ts';

export type Turnstile = { pass<T>(work: () => Promise<T>): Promise<T> };

/** Lets few through at once and bounds how many wait; the rest are told to come back. */
export function createTurnstile(bounds: { readonly atOnce: number; readonly maxWaiting: number }): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;

  const enter = (): Promise<void> => {
    if (inside < bounds.atOnce) {
      inside += 1;
      return Promise.resolve();
    }
    if (waiting.length >= bounds.maxWaiting) {
      throw new ProblemError('overloaded', 'Too many people sign in at this moment. Try again.', { retryAfterSeconds: 2 });
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    return promise;
  };

  const leave = (): void => {
    // Whoever is next takes the place over, so that the count stays.
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  };

  return {
    pass: async (work) => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
