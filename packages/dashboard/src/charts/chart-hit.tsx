import { legendDecimals, Money, moneyText } from '../components/index.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { slotOf } from './plot.ts';
import type { Plot } from './plot.ts';
import type { Stack } from './stack.ts';
import { useChartPointer } from './use-chart-pointer.ts';
import type { PointerInput } from './use-chart-pointer.ts';

/** Lies over the drawing: soft band and tooltip under the pointer, arrows move it, a drag selects a stretch. */
export function ChartHit(input: PointerInput) {
  const { stack, plot } = input;
  const { index, range, isHeld, zoom, handlers } = useChartPointer(input);
  const last = stack.buckets.length - 1;
  const shown = index ?? last;
  const cost = moneyText(stack.totals[shown] ?? 0n, legendDecimals(stack.totals));
  return (
    <>
      <div
        className="chart-hit"
        role="slider"
        tabIndex={0}
        aria-label="Cost over time"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={shown}
        aria-valuetext={`${stack.buckets[shown]?.title ?? ''}: ${cost}`}
        style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
        {...handlers}
      >
        {index !== undefined && <Band plot={plot} from={index} to={index} className="chart-band" />}
        {range && <Band plot={plot} from={range.from} to={range.to} className="chart-selection" />}
      </div>
      {range && !isHeld && <Selection stack={stack} from={range.from} to={range.to} onZoom={() => zoom(range.from, range.to)} />}
      {index !== undefined && !isHeld && <ChartTooltip stack={stack} index={index} plot={plot} />}
    </>
  );
}

type BandProps = { readonly plot: Plot; readonly from: number; readonly to: number; readonly className: string };

function Band({ plot, from, to, className }: BandProps) {
  const [first, end] = [slotOf(plot, Math.min(from, to)), slotOf(plot, Math.max(from, to))];
  const left = Math.max(0, first.x);
  return <span className={className} style={{ left, width: Math.min(plot.width, end.x + end.width) - left }} />;
}

type SelectionProps = { readonly stack: Stack; readonly from: number; readonly to: number; readonly onZoom: () => void };

function Selection({ stack, from, to, onZoom }: SelectionProps) {
  const [first, end] = [Math.min(from, to), Math.max(from, to)];
  const sum = stack.totals.slice(first, end + 1).reduce((total: bigint, cost) => total + cost, 0n);
  return (
    <p className="chart-note" role="status">
      {stack.buckets[first]?.label} – {stack.buckets[end]?.label} selected: cost <Money pico={sum} />
      <button type="button" className="button small" onClick={onZoom}>
        Zoom in
      </button>
    </p>
  );
}
