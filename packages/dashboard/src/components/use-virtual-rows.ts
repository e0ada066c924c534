import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

export type VirtualRowsInput = {
  readonly body: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly virtual: { readonly onReachEnd: () => void } | undefined;
};

/** Which rows are drawn, and how much room stands for the others. */
export type RowWindow = { readonly first: number; readonly last: number; readonly beforePx: number; readonly afterPx: number };

const ROW_PX = 36;
const TOUCH_ROW_PX = 44;
const OVERSCAN_ROWS = 12;
const NEAR_END_ROWS = 20;

/** Draws only the rows in sight of the page, and asks for more before the last one is reached. */
export function useVirtualRows({ body, count, virtual }: VirtualRowsInput): RowWindow {
  const [place, setPlace] = useState({ topPx: 0, rowPx: ROW_PX });
  useLayoutEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setPlace({ topPx: top + globalThis.scrollY, rowPx: globalThis.innerWidth <= 820 ? TOUCH_ROW_PX : ROW_PX });
  }, [body]);
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => place.rowPx,
    overscan: OVERSCAN_ROWS,
    scrollMargin: place.topPx,
    enabled: virtual !== undefined,
  });
  const shown = virtualizer.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = (shown.at(-1)?.index ?? -1) + 1;
  const isNearEnd = virtual !== undefined && count > 0 && last >= count - NEAR_END_ROWS;
  const onReachEnd = virtual?.onReachEnd;
  useEffect(() => {
    if (isNearEnd) onReachEnd?.();
  }, [isNearEnd, onReachEnd]);
  if (!virtual) return { first: 0, last: count, beforePx: 0, afterPx: 0 };
  return { first, last, beforePx: first * place.rowPx, afterPx: Math.max(0, count - last) * place.rowPx };
}
