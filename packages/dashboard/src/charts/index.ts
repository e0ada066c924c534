export { CostChart } from './cost-chart.tsx';
export { LegendTable } from './legend-table.tsx';
export { assignColours } from './series-colours.ts';
export { Sparkline } from './sparkline.tsx';
export type { SeriesColour, Stack } from './stack.ts';
export { stackCsv } from './stack-csv.ts';
export { stackSeries } from './stack-series.ts';
export { StackTable } from './stack-table.tsx';
