const MIN_OUTPUT_TOKENS = 8;
const OUTPUT_SPREAD = 33;

/** Decides how many tokens an answer has: the limit that was asked for, else 8 to 40 by the request's hash. */
export function planOutput(hash: number, limit?: number): number {
  return limit ?? MIN_OUTPUT_TOKENS + (hash % OUTPUT_SPREAD);
}
