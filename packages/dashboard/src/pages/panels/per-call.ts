import { divideHalfEven } from '@llmobserve/protocol';

/** Cost divided by calls, rounded half-even; nothing when there were none. */
export function perCallOf(costPico: bigint, calls: number): bigint | undefined {
  return calls > 0 ? divideHalfEven(costPico, BigInt(calls)) : undefined;
}
