import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

import { moneyText, legendDecimals } from '../components/money-text.ts';
import { Money } from '../components/money.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { CostChartProps } from './cost-chart.tsx';
import { pickSeries } from './pick-series.ts';
import { slotAt, slotOf } from './plot.ts';
import type { Plot } from './plot.ts';

type ChartHitProps = Pick<CostChartProps, 'stack' | 'kind' | 'onPick' | 'onZoom'> & { readonly plot: Plot; readonly top: bigint };

type Drag = { readonly from: number; readonly to: number; readonly isHeld: boolean };

/** Lies over the drawing: soft band and tooltip under the pointer, arrows move it, a drag selects a stretch. */
export function ChartHit({ stack, kind, onPick, onZoom, plot, top }: ChartHitProps) {
  const [place, setPlace] = useState<number>();
  const [drag, setDrag] = useState<Drag>();
  const last = stack.buckets.length - 1;
  const isRange = drag !== undefined && drag.from !== drag.to;
  const index = place === undefined ? undefined : Math.min(place, last);
  const slotUnder = (event: PointerEvent<HTMLElement>): number =>
    slotAt(plot, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const slot = slotUnder(event);
    setPlace(slot);
    if (drag?.isHeld) setDrag({ ...drag, to: slot });
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    if (!drag?.isHeld) return;
    if (isRange) return setDrag({ ...drag, isHeld: false });
    setDrag(undefined);
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const value = kind === 'bars' ? pickSeries(stack, drag.from, (1 - y / plot.height) * Number(top)) : undefined;
    if (value !== undefined) onPick?.(value);
  };
  const zoom = (from: number, to: number): void => {
    const [first, end] = [stack.buckets[Math.min(from, to)], stack.buckets[Math.max(from, to)]];
    setDrag(undefined);
    if (first && end) onZoom?.(first.key, end.key);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const moved = movedPlace(event.key, index ?? last, last);
    if (moved !== undefined) setPlace(moved);
    else if (event.key === 'Escape') setDrag(undefined);
    else if (event.key === 'Enter') zoom(isRange ? drag.from : (index ?? last), isRange ? drag.to : (index ?? last));
    else return;
    event.preventDefault();
  };
  const bucket = stack.buckets[index ?? last];
  return (
    <>
      <div
        className="chart-hit"
        role="slider"
        tabIndex={0}
        aria-label="Cost over time"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index ?? last}
        aria-valuetext={`${bucket?.title ?? ''}: ${moneyText(stack.totals[index ?? last] ?? 0n, legendDecimals(stack.totals))}`}
        style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
        onPointerDown={(event) => event.button === 0 && setDrag({ from: slotUnder(event), to: slotUnder(event), isHeld: true })}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => setPlace(undefined)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && setPlace(last)}
        onBlur={() => setPlace(undefined)}
        onKeyDown={onKeyDown}
      >
        {index !== undefined && <Band plot={plot} from={index} to={index} className="chart-band" />}
        {isRange && <Band plot={plot} from={drag.from} to={drag.to} className="chart-selection" />}
      </div>
      {isRange && !drag.isHeld && <Selection stack={stack} from={drag.from} to={drag.to} onZoom={() => zoom(drag.from, drag.to)} />}
      {index !== undefined && !drag?.isHeld && <ChartTooltip stack={stack} index={index} plot={plot} />}
    </>
  );
}

type BandProps = { readonly plot: Plot; readonly from: number; readonly to: number; readonly className: string };

function Band({ plot, from, to, className }: BandProps) {
  const [first, end] = [slotOf(plot, Math.min(from, to)), slotOf(plot, Math.max(from, to))];
  const left = Math.max(0, first.x);
  return <span className={className} style={{ left, width: Math.min(plot.width, end.x + end.width) - left }} />;
}

type SelectionProps = Pick<ChartHitProps, 'stack'> & { readonly from: number; readonly to: number; readonly onZoom: () => void };

function Selection({ stack, from, to, onZoom }: SelectionProps) {
  const [first, end] = [Math.min(from, to), Math.max(from, to)];
  const sum = stack.totals.slice(first, end + 1).reduce((total, cost) => total + cost, 0n);
  return (
    <p className="chart-note" role="status">
      {stack.buckets[first]?.label} – {stack.buckets[end]?.label} selected: cost <Money pico={sum} />
      <button type="button" className="button small" onClick={onZoom}>
        Zoom in
      </button>
    </p>
  );
}

function movedPlace(key: string, index: number, last: number): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(last, index + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}
