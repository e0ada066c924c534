/** The money axis: from zero to `top` in equal steps, all of them short to write. */
export type MoneyAxis = { readonly top: bigint; readonly step: bigint; readonly ticks: readonly bigint[] };

const STEP_TENTHS = [10n, 15n, 20n, 25n, 30n, 40n, 50n, 60n, 80n] as const;

/**
 * Chooses three or four light lines that leave the least air above the highest bar.
 *
 * @example axisTicks(53_781n, [4]).top // 60_000n
 */
export function axisTicks(highest: bigint, lineCounts: readonly (3 | 4)[] = [4, 3]): MoneyAxis {
  const wanted = highest > 0n ? highest : 10n;
  const best = lineCounts
    .flatMap((lines) => steps(wanted, lines).map((step) => ({ step, lines: BigInt(lines) })))
    .filter(({ step, lines }) => step * lines >= wanted)
    .reduce((least, one) => (one.step * one.lines < least.step * least.lines ? one : least));
  return {
    top: best.step * best.lines,
    step: best.step,
    ticks: Array.from({ length: Number(best.lines) + 1 }, (_, index) => best.step * BigInt(index)),
  };
}

/** Round steps around the size that is needed. */
function steps(highest: bigint, lines: number): readonly bigint[] {
  const magnitude = 10n ** BigInt((highest / BigInt(lines)).toString().length - 1);
  return [magnitude, magnitude * 10n].flatMap((power) => STEP_TENTHS.map((tenths) => (tenths * power) / 10n)).filter((step) => step > 0n);
}
