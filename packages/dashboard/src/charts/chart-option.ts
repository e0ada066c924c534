import type { CustomSeriesOption } from 'echarts/charts';

import { axisLabels } from '../components/index.ts';
import type { MoneyAxis } from './axis-ticks.ts';
import type { ChartOption } from './echart.tsx';
import { isLabelled, labelStep } from './label-step.ts';
import type { Plot } from './plot.ts';
import { colourToken } from './series-colours.ts';
import type { ChartBucket, Stack } from './stack.ts';

const PICO = 1e12;
const LABEL_PX = 62;
/** ECharts takes a border off the bar and draws it as well, so that half of it makes one pixel of sheet. */
const HALF_GAP_PX = 0.5;
const AXIS_FONT = { fontSize: 11, fontFamily: 'Instrument Sans, sans-serif', color: 'var(--c-axis)' } as const;

type Face = { readonly plot: Plot; readonly axis: MoneyAxis; readonly buckets: readonly ChartBucket[]; readonly currentWord: string };

/** Stacked bars from the dearest up, the previous period as a pale silhouette behind them. */
export function stackedOption(stack: Stack, face: Face): ChartOption {
  const bars = stack.series.map((series) => ({
    type: 'bar' as const,
    stack: 'cost',
    silent: true,
    barCategoryGap: '25%',
    itemStyle: { color: colourToken(series.colour), borderColor: 'var(--bg)', borderWidth: HALF_GAP_PX },
    data: series.costs.map((cost, index) => ({
      // A bar of no height would still draw its edge over the base line.
      value: cost === 0n ? '-' : dollars(cost),
      ...(stack.buckets[index]?.isCurrent ? { itemStyle: { opacity: 0.5 } } : {}),
    })),
  }));
  const previous = stack.previous?.slice(0, stack.buckets.length);
  return { ...axesOf(face), series: [...(previous ? [silhouette(previous)] : []), ...bars] };
}

/** One line of cost, dotted into the current bucket, beside a thin dashed line of the previous period. */
export function lineOption(stack: Stack, face: Face): ChartOption {
  const current = stack.buckets.findIndex((bucket) => bucket.isCurrent);
  const settled = stack.totals.map((cost, index) => (current >= 0 && index >= current ? '-' : dollars(cost)));
  const today = stack.totals.map((cost, index) => (index === current || index === current - 1 ? dollars(cost) : '-'));
  const line = { type: 'line' as const, silent: true, symbol: 'none', showSymbol: stack.buckets.length < 2 };
  const previous = stack.previous?.slice(0, stack.buckets.length).map(dollars);
  return {
    ...axesOf(face),
    series: [
      ...(previous ? [{ ...line, data: previous, lineStyle: { color: 'var(--text-3)', width: 1.25, type: [4, 3] } }] : []),
      { ...line, data: settled, lineStyle: { color: 'var(--c-cost)', width: 2 }, areaStyle: { color: 'var(--c-band)' } },
      ...(current > 0 ? [{ ...line, data: today, lineStyle: { color: 'var(--c-cost)', width: 2, type: [2, 4] } }] : []),
    ],
  };
}

function axesOf({ plot, axis, buckets, currentWord }: Face): Pick<ChartOption, 'grid' | 'xAxis' | 'yAxis'> {
  const slotPx = plot.kind === 'bars' ? plot.width / plot.slots : plot.width / Math.max(1, plot.slots - 1);
  const labels = axisLabels(axis.ticks);
  const step = labelStep(buckets.length, slotPx, LABEL_PX);
  return {
    grid: { left: plot.left, top: plot.top, width: plot.width, height: plot.height, containLabel: false },
    xAxis: {
      type: 'category',
      boundaryGap: plot.kind === 'bars',
      data: buckets.map((bucket) => (bucket.isCurrent ? currentWord : bucket.label)),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: 'var(--line-strong)' } },
      axisLabel: {
        ...AXIS_FONT,
        margin: 8,
        interval: (index: number) => isLabelled(index, buckets.length, step),
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: dollars(axis.top),
      interval: dollars(axis.step),
      axisLabel: { ...AXIS_FONT, margin: 8, formatter: (value: number) => labels[nearestTick(value, axis)] ?? '' },
      splitLine: { lineStyle: { color: 'var(--c-grid)' } },
    },
  };
}

function silhouette(previous: readonly bigint[]): CustomSeriesOption {
  const heights = previous.map(dollars);
  return {
    type: 'custom',
    silent: true,
    z: 1,
    data: heights,
    renderItem: (params, api) => {
      const index = params.dataIndex;
      const place = api.coord([index, heights[index] ?? 0]);
      const before = api.coord([index, heights[index - 1] ?? 0]);
      const base = api.coord([index, 0]);
      const size = api.size?.([1, 0]);
      const width = Array.isArray(size) ? (size[0] ?? 0) : (size ?? 0);
      const [centre = 0, top = 0] = place;
      const left = centre - width / 2;
      const bottom = base[1] ?? 0;
      const edge = [...(index > 0 ? [[left, before[1] ?? 0]] : []), [left, top], [left + width, top]];
      return {
        type: 'group',
        children: [
          { type: 'rect', shape: { x: left, y: top, width, height: bottom - top }, style: { fill: 'var(--c-prev)' } },
          { type: 'polyline', shape: { points: edge }, style: { fill: 'none', stroke: 'var(--c-prev-edge)', lineWidth: 1 } },
        ],
      };
    },
  };
}

/** Pixels need no exact digits; every figure that is written comes from the integers. */
function dollars(pico: bigint): number {
  return Number(pico) / PICO;
}

function nearestTick(value: number, axis: MoneyAxis): number {
  return Math.round(value / dollars(axis.step));
}
