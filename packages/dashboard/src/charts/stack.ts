import type { PicoUsd } from '@llmobserve/protocol';

/** One bar's name; points are joined to it by key. */
export type ChartBucket = { readonly key: string; readonly label: string; readonly title: string; readonly isCurrent: boolean };

/** Place in the palette: 1 to 8 in token order, or the grey of the rest. */
export type SeriesColour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 'other';

/** One colour of a stacked chart and its row in the legend. */
export type ChartSeries = {
  /** The value to filter by; the empty text is "without one", `undefined` is the rest. */
  readonly value: string | undefined;
  readonly name: string;
  readonly colour: SeriesColour;
  readonly total: PicoUsd;
  readonly previousTotal: PicoUsd | undefined;
  /** Cost per bucket, in the order of the buckets. */
  readonly costs: readonly PicoUsd[];
};

/** A whole stacked chart: series from the base up, whose sum per bucket is the bucket's total. */
export type Stack = {
  readonly buckets: readonly ChartBucket[];
  readonly series: readonly ChartSeries[];
  readonly totals: readonly PicoUsd[];
  readonly previous: readonly PicoUsd[] | undefined;
  readonly previousTitles: readonly string[];
};
