import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Link, Outlet, redirect } from '@tanstack/react-router';

import { ApiError, sessionQuery, setupQuery } from './api/index.ts';
import type { ApiClient } from './api/index.ts';
import { parseSearch, stringifySearch } from './filters/index.ts';
import type { Search } from './filters/index.ts';
import { Frame } from './pages/frame/index.ts';
import { Overview } from './pages/overview/index.ts';
import { QueryFailure, useTitle } from './pages/panels/index.ts';
import { askBackTo, Gate } from './pages/sign-in/index.ts';
import type { ThemeStore } from './theme/index.ts';

/** The first key between being made and being copied: in memory only, so that it is shown once. */
export type FirstKey = { read(): string | undefined; write(key: string): void };

/** What single pages need from outside, beside the collector. */
export type PageDeps = { readonly themes: ThemeStore; readonly firstKey: FirstKey; readonly browserTimeZone: string };

/** What the doors decide by; the router hands it to every route. */
type Context = { readonly client: ApiClient; readonly queries: QueryClient; readonly pages: PageDeps };

const root = createRootRouteWithContext<Context>()({
  validateSearch: readSearch,
  component: Outlet,
  notFoundComponent: Lost,
  errorComponent: Broken,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  beforeLoad: async ({ context }) => {
    if (await needsOwner(context)) throw redirect({ to: '/setup', search: {} });
  },
  component: lazyRouteComponent(() => import('./pages/sign-in/sign-in.tsx'), 'SignIn'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: async ({ context }) => {
    if (!(await needsOwner(context))) throw redirect({ to: '/', search: {} });
    return { onKey: context.pages.firstKey.write, timeZone: context.pages.browserTimeZone };
  },
  component: lazyRouteComponent(() => import('./pages/setup/setup.tsx'), 'Setup'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ context, location }) => needSession(context, location.href),
  component: SignedIn,
});

const overview = createRoute({ getParentRoute: () => signedIn, path: '/', component: Overview });

const customers = createRoute({
  getParentRoute: () => signedIn,
  path: '/customers',
  component: lazyRouteComponent(() => import('./pages/customers/customers.tsx'), 'Customers'),
});

const customer = createRoute({
  getParentRoute: () => signedIn,
  path: '/customers/$customerId',
  component: lazyRouteComponent(() => import('./pages/customer/customer.tsx'), 'Customer'),
});

const unattributed = createRoute({
  getParentRoute: () => signedIn,
  path: '/unattributed',
  component: lazyRouteComponent(() => import('./pages/customer/customer.tsx'), 'Unattributed'),
});

const live = createRoute({
  getParentRoute: () => signedIn,
  path: '/live',
  component: lazyRouteComponent(() => import('./pages/live/live.tsx'), 'Live'),
});

const getStarted = createRoute({
  getParentRoute: () => signedIn,
  path: '/get-started',
  component: lazyRouteComponent(() => import('./pages/get-started/get-started.tsx'), 'GetStarted'),
});

const routeTree = root.addChildren([signIn, setup, signedIn.addChildren([overview, customers, customer, unattributed, live, getStarted])]);

/** Which address shows what, and who may see it. */
export function createAppRouter(context: Context) {
  return createRouter({ routeTree, context, parseSearch, stringifySearch, scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

/** Only lists of texts come in from the URL; anything else was not written by us. */
function readSearch(search: Record<string, unknown>): Search {
  return Object.fromEntries(Object.entries(search).filter((entry): entry is [string, readonly string[]] => Array.isArray(entry[1])));
}

async function needSession(context: Context, wanted: string): Promise<void> {
  try {
    await context.queries.ensureQueryData(sessionQuery(context.client));
  } catch (error) {
    if (error instanceof ApiError && error.isSignedOut) {
      if (await needsOwner(context)) throw redirect({ to: '/setup', search: {} });
      throw redirect({ to: '/sign-in', search: askBackTo(wanted) });
    }
    throw error;
  }
}

async function needsOwner({ client, queries }: Context): Promise<boolean> {
  return (await queries.fetchQuery(setupQuery(client))).needsOwner;
}

function SignedIn() {
  const { pages } = signedIn.useRouteContext();
  return (
    <Frame themes={pages.themes}>
      <Outlet />
    </Frame>
  );
}

function Lost() {
  useTitle('Not found');
  return (
    <Gate title="There is no page here" lead="The address may be mistyped, or from another version.">
      <Link className="button primary" to="/" search={{}}>
        Go to the overview
      </Link>
    </Gate>
  );
}

function Broken({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <Gate title="This page did not open">
      <QueryFailure error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    </Gate>
  );
}
