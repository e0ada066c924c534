import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';

import { useApi } from './api-context.tsx';
import type { LiveSnapshot } from './live-feed.ts';
import { FIGURES } from './queries.ts';

const REFRESH_MS = 4000;

/** The live feed as it stands; draws again with every call. */
export function useLive(): LiveSnapshot {
  const { live } = useApi();
  return useSyncExternalStore(live.subscribe, live.snapshot);
}

/** Listens while the page is looked at, and asks for new figures at most every few seconds when calls came in. */
export function useLiveRefresh(): void {
  const { live } = useApi();
  const queries = useQueryClient();
  useEffect(() => {
    let seen = live.snapshot().received;
    const follow = (): void => (document.hidden ? live.stop() : live.start());
    const refresh = (): void => {
      const { received } = live.snapshot();
      if (received === seen || document.hidden) return;
      seen = received;
      void queries.invalidateQueries({ queryKey: [FIGURES] });
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    const timer = setInterval(refresh, REFRESH_MS);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
      live.stop();
    };
  }, [live, queries]);
}
