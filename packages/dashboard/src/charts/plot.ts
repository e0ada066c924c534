/** Where the data lies inside a chart, in pixels; bars fill their slot, points sit on both edges. */
export type Plot = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly slots: number;
  readonly kind: 'bars' | 'points';
};

export type PlotInput = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly slots: number;
  readonly kind: Plot['kind'];
  readonly axisPx: number;
  readonly endPx?: number;
};

const TOP_PX = 14;
const BOTTOM_PX = 22;

/** Leaves room for the money axis on the left and the days below. */
export function plotOf({ widthPx, heightPx, slots, kind, axisPx, endPx = 2 }: PlotInput): Plot {
  return {
    left: axisPx,
    top: TOP_PX,
    width: Math.max(1, widthPx - axisPx - endPx),
    height: Math.max(1, heightPx - TOP_PX - BOTTOM_PX),
    slots,
    kind,
  };
}

/** Room for the widest label of the money axis, set in 11 px. */
export function axisWidth(labels: readonly string[]): number {
  return Math.max(34, ...labels.map((label) => Math.ceil(label.length * 6.4) + 12));
}

/** The stretch of a slot, measured from the left edge of the plot. */
export function slotOf(plot: Plot, index: number): { readonly x: number; readonly width: number } {
  if (plot.kind === 'bars') {
    const width = plot.width / plot.slots;
    return { x: index * width, width };
  }
  const step = plot.slots > 1 ? plot.width / (plot.slots - 1) : plot.width;
  return { x: (index - 0.5) * step, width: step };
}

/** The slot under a point, measured from the left edge of the plot. */
export function slotAt(plot: Plot, x: number): number {
  const { width } = slotOf(plot, 0);
  const index = plot.kind === 'bars' ? Math.floor(x / width) : Math.round(x / width);
  return Math.min(plot.slots - 1, Math.max(0, index));
}
