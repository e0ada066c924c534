import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type GuessLimiter = {
  /** Counts one try; answers how long to wait when there were too many. */
  take(who: string): Promise<{ readonly retryAfterSeconds: number } | undefined>;
  /** Takes a try back that turned out not to be a guess. */
  giveBack(who: string): Promise<void>;
  /** Forgets all tries. */
  clear(who: string): Promise<void>;
};

export type GuessLimits = { readonly tries: number; readonly perSeconds: number };

/** Counts tries in memory, bounded by time: a count is dropped when its window ends. */
export function createGuessLimiter({ tries, perSeconds }: GuessLimits): GuessLimiter {
  const limiter = new RateLimiterMemory({ points: tries, duration: perSeconds });
  return {
    take: async (who) => {
      try {
        await limiter.consume(who);
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
      }
    },
    giveBack: async (who) => {
      await limiter.reward(who);
    },
    clear: async (who) => {
      await limiter.delete(who);
    },
  };
}
