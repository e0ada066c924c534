/**
 * Per cent of a whole that never flatters: it says 100% only when nothing is missing.
 *
 * @example coverageText(9_999, 10_000) // '99.99%'
 */
export function coverageText(part: number, whole: number): string {
  if (whole === 0 || part >= whole) return '100%';
  return `${trimZeros(Math.floor((part / whole) * 10_000) / 100)}%`;
}

/** Per cent of a whole that never hides: it says 0% only when there is none. */
export function portionText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0%';
  return `${trimZeros(Math.max(0.1, Math.ceil((part / whole) * 1000) / 10))}%`;
}

/** Part of a whole between 0 and 1; nothing is part of nothing. */
export function shareOf(part: bigint, whole: bigint): number {
  return whole > 0n ? Number((part * SHARE_STEPS) / whole) / Number(SHARE_STEPS) : 0;
}

const SHARE_STEPS = 1_000_000n;

/** Share between 0 and 1 as per cent with one decimal. */
export function shareText(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function trimZeros(percent: number): string {
  return percent.toFixed(2).replace(/\.?0+$/, '');
}
