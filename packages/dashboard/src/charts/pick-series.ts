import type { Stack } from './stack.ts';

/** The series whose part of a bar lies at a height, measured in money; nothing above the bar and for "other". */
export function pickSeries(stack: Stack, index: number, height: number): string | undefined {
  let top = 0n;
  for (const series of stack.series) {
    top += series.costs[index] ?? 0n;
    if (height <= Number(top)) return series.value;
  }
  return undefined;
}
