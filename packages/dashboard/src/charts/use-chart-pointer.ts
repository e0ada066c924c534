import { useState } from 'react';
import type { FocusEvent, KeyboardEvent, PointerEvent } from 'react';

import type { CostChartProps } from './cost-chart.tsx';
import { pickSeries } from './pick-series.ts';
import { slotAt } from './plot.ts';
import type { Plot } from './plot.ts';

export type PointerInput = Pick<CostChartProps, 'stack' | 'kind' | 'onPick' | 'onZoom'> & { readonly plot: Plot; readonly top: bigint };

/** A stretch of bars, in the order it was drawn with the pointer. */
export type Drag = { readonly from: number; readonly to: number; readonly isHeld: boolean };

/** Where the pointer is on a chart and what it has selected; the same by mouse, pen and keyboard. */
export function useChartPointer(input: PointerInput) {
  const [place, setPlace] = useState<number>();
  const [drag, setDrag] = useState<Drag>();
  const last = input.stack.buckets.length - 1;
  const index = place === undefined ? undefined : Math.min(place, last);
  const isRange = drag !== undefined && drag.from !== drag.to;
  const zoom = (from: number, to: number): void => {
    const [first, end] = [input.stack.buckets[Math.min(from, to)], input.stack.buckets[Math.max(from, to)]];
    setDrag(undefined);
    if (first && end) input.onZoom?.(first.key, end.key);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      const slot = slotUnder(event, input.plot);
      if (event.button === 0) setDrag({ from: slot, to: slot, isHeld: true });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const slot = slotUnder(event, input.plot);
      setPlace(slot);
      if (drag?.isHeld) setDrag({ ...drag, to: slot });
    },
    onPointerUp: (event: PointerEvent<HTMLElement>): void => {
      if (!drag?.isHeld) return;
      setDrag(isRange ? { ...drag, isHeld: false } : undefined);
      const value = isRange ? undefined : valueUnder(event, drag.from, input);
      if (value !== undefined) input.onPick?.(value);
    },
    onPointerLeave: (): void => setPlace(undefined),
    onFocus: (event: FocusEvent<HTMLElement>): void => {
      if (event.currentTarget.matches(':focus-visible')) setPlace(last);
    },
    onBlur: (): void => setPlace(undefined),
    onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
      const moved = movedPlace(event.key, index ?? last, last);
      if (moved !== undefined) setPlace(moved);
      else if (event.key === 'Escape') setDrag(undefined);
      else if (event.key === 'Enter') zoom(isRange ? drag.from : (index ?? last), isRange ? drag.to : (index ?? last));
      else return;
      event.preventDefault();
    },
  };
  return { index, range: isRange ? drag : undefined, isHeld: drag?.isHeld ?? false, zoom, handlers };
}

function slotUnder(event: PointerEvent<HTMLElement>, plot: Plot): number {
  return slotAt(plot, event.clientX - event.currentTarget.getBoundingClientRect().left);
}

function valueUnder(event: PointerEvent<HTMLElement>, index: number, input: PointerInput): string | undefined {
  if (input.kind !== 'bars') return undefined;
  const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
  return pickSeries(input.stack, index, (1 - y / input.plot.height) * Number(input.top));
}

/** Where an arrow key leads to; nothing for other keys. */
export function movedPlace(key: string, index: number, last: number): number | undefined {
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'ArrowRight') return Math.min(last, index + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}
