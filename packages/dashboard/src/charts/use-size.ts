import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/** The width an element has on screen, in whole pixels; 0 before it is known. */
export function useSize(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const measure = (): void => setWidthPx(Math.floor(target.clientWidth));
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(target);
    return () => watcher.disconnect();
  }, [element]);
  return widthPx;
}
