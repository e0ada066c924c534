import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';

import { ApiError, ApiProvider } from './api/index.ts';
import type { ApiDeps } from './api/index.ts';
import { askBackTo } from './pages/sign-in/index.ts';
import { createAppRouter } from './routes.tsx';
import type { PageDeps } from './routes.tsx';

export type AppDeps = ApiDeps & PageDeps;

const FRESH_MS = 2000;
const MAX_RETRIES = 1;

/** The whole page, from what the outside gives it. */
export function App({ deps }: { readonly deps: AppDeps }) {
  const [{ queries, router }] = useState(() => assemble(deps));
  return (
    <ApiProvider deps={deps}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ApiProvider>
  );
}

function assemble(deps: AppDeps) {
  const queries = new QueryClient({
    defaultOptions: { queries: { staleTime: FRESH_MS, retry: isWorthRetrying, refetchOnWindowFocus: true } },
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && void leave() }),
  });
  const router = createAppRouter({ client: deps.client, queries, pages: deps });
  // A session that ends while the page is open leads to the door, once.
  const leave = async (): Promise<void> => {
    const { pathname, href } = router.state.location;
    if (pathname === '/sign-in' || pathname === '/setup') return;
    queries.removeQueries({ queryKey: ['session'] });
    await router.navigate({ to: '/sign-in', search: askBackTo(href) });
  };
  return { queries, router };
}

function isSignedOut(error: Error): boolean {
  return error instanceof ApiError && error.isSignedOut;
}

/** An answer that says no will say no again. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < MAX_RETRIES && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}
