import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

import type { ApiClient } from './api-client.ts';
import type { LiveFeed } from './live-feed.ts';

/** What pages need from outside; made once where the page starts. */
export type ApiDeps = { readonly client: ApiClient; readonly live: LiveFeed; readonly clock: { nowMs(): number } };

const ApiContext = createContext<ApiDeps | undefined>(undefined);

export function ApiProvider({ deps, children }: { readonly deps: ApiDeps; readonly children: ReactNode }) {
  return <ApiContext value={deps}>{children}</ApiContext>;
}

/** The collector, the live feed and the clock of this page. */
export function useApi(): ApiDeps {
  const deps = useContext(ApiContext);
  if (!deps) throw new Error('useApi needs an ApiProvider above it');
  return deps;
}
