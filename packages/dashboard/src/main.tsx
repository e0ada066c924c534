import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { createApiClient, createLiveFeed } from './api/index.ts';
import type { LiveFeedDeps } from './api/index.ts';
import { App } from './app.tsx';
import { createThemeStore } from './theme/index.ts';
import './theme/index.css';

const DRAW_EVERY_MS = 250;

const clock = { nowMs: () => Date.now() };

const openStream: LiveFeedDeps['open'] = (listener) => {
  const stream = new EventSource('/v1/live');
  stream.addEventListener('open', () => listener.onOpen());
  stream.addEventListener('call', (event: MessageEvent<string>) => listener.onCall(event.data));
  stream.addEventListener('skipped', (event: MessageEvent<string>) => listener.onSkipped(event.data));
  stream.addEventListener('error', () => listener.onError(stream.readyState === EventSource.CLOSED));
  return stream;
};

let firstKey: string | undefined;

const deps = {
  client: createApiClient({ fetch: (input, init) => fetch(input, init) }),
  live: createLiveFeed({ open: openStream, clock, later: (run) => setTimeout(run, DRAW_EVERY_MS) }),
  clock,
  themes: createThemeStore({ storage: () => localStorage, root: document.documentElement }),
  browserTimeZone: readTimeZone(),
  firstKey: { read: () => firstKey, write: (key: string) => void (firstKey = key) },
};

/** Some browsers report a locale or zone that Intl itself refuses. */
function readTimeZone(): string {
  try {
    return new Intl.DateTimeFormat('en-GB').resolvedOptions().timeZone || 'UTC';
  } catch {
    return 'UTC';
  }
}

const host = document.getElementById('app');
if (host) {
  createRoot(host).render(
    <StrictMode>
      <App deps={deps} />
    </StrictMode>,
  );
}
