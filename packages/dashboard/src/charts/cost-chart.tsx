import { lazy, Suspense, useMemo, useRef } from 'react';

import { ChartSkeleton, axisLabels } from '../components/index.ts';
import { axisTicks } from './axis-ticks.ts';
import { ChartHit } from './chart-hit.tsx';
import { lineOption, stackedOption } from './chart-option.ts';
import { axisWidth, plotOf } from './plot.ts';
import type { Stack } from './stack.ts';
import { useSize } from './use-size.ts';

export type CostChartProps = {
  readonly stack: Stack;
  readonly kind: 'bars' | 'line';
  /** The chart in one sentence, for those who do not see it. */
  readonly sentence: string;
  /** What the running bucket is called. */
  readonly currentWord: string;
  readonly onPick?: (value: string) => void;
  readonly onZoom?: (firstKey: string, lastKey: string) => void;
};

const EChart = lazy(async () => ({ default: (await import('./echart.tsx')).EChart }));

const TALL_PX = 265;
const SHORT_PX = 196;
const NARROW_PX = 480;

/** Cost over time; the drawing is loaded when it is first needed. */
export function CostChart(props: CostChartProps) {
  const { stack, kind } = props;
  const host = useRef<HTMLDivElement>(null);
  const widthPx = useSize(host);
  const heightPx = widthPx > 0 && widthPx < NARROW_PX ? SHORT_PX : TALL_PX;
  const { plot, option } = useMemo(() => {
    const axis = axisTicks(highestOf(stack), heightPx === SHORT_PX ? [3] : [4, 3]);
    const shape = kind === 'bars' ? ('bars' as const) : ('points' as const);
    const axisPx = axisWidth(axisLabels(axis.ticks));
    const face = plotOf({ widthPx, heightPx, slots: stack.buckets.length, kind: shape, axisPx, endPx: kind === 'bars' ? 6 : 16 });
    const draw = kind === 'bars' ? stackedOption : lineOption;
    return { plot: face, option: draw(stack, { plot: face, axis, buckets: stack.buckets, currentWord: props.currentWord }) };
  }, [stack, kind, widthPx, heightPx, props.currentWord]);
  const top = axisTicks(highestOf(stack), heightPx === SHORT_PX ? [3] : [4, 3]).top;
  return (
    <div ref={host} className="chart" style={{ height: heightPx }}>
      {widthPx > 0 && (
        <Suspense fallback={<ChartSkeleton label="Chart" height={heightPx} />}>
          <div role="img" aria-label={props.sentence} style={{ height: heightPx }}>
            <EChart option={option} />
          </div>
          <ChartHit {...props} plot={plot} top={top} />
        </Suspense>
      )}
    </div>
  );
}

function highestOf(stack: Stack): bigint {
  return [...stack.totals, ...(stack.previous ?? [])].reduce((most, cost) => (cost > most ? cost : most), 0n);
}
