const STEPS = [1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 30, 60, 90] as const;

/**
 * Which bars carry a label, counted back from the last, so that the newest always has one.
 *
 * @param widthPx what one label needs, air included
 */
export function labelStep(bars: number, barWidthPx: number, widthPx: number): number {
  const needed = widthPx / Math.max(barWidthPx, 0.1);
  return STEPS.find((step) => step >= needed) ?? Math.max(bars, 1);
}

/** True when the bar at this place is labelled. */
export function isLabelled(index: number, bars: number, step: number): boolean {
  return (bars - 1 - index) % step === 0;
}
