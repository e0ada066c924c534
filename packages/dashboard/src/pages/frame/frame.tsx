import { Link, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { useLiveRefresh, useSession } from '../../api/index.ts';
import { Icon, Logo } from '../../components/index.ts';
import type { IconName } from '../../components/index.ts';
import { carriedView, useView, writeView } from '../../filters/index.ts';
import type { ThemeStore } from '../../theme/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { CallRate } from './call-rate.tsx';
import { ThemeButton } from './theme-button.tsx';

type PageLink = { readonly to: '/' | '/customers' | '/live'; readonly name: string; readonly icon: IconName };

const PAGES: readonly PageLink[] = [
  { to: '/', name: 'Overview', icon: 'overview' },
  { to: '/customers', name: 'Customers', icon: 'customers' },
  { to: '/live', name: 'Live', icon: 'live' },
];

export type FrameProps = { readonly themes: ThemeStore; readonly children: ReactNode };

/** What stands around every page: navigation beside it, or below it on a phone. */
export function Frame({ themes, children }: FrameProps) {
  useLiveRefresh();
  const session = useSession();
  const workspace = session?.workspace.name ?? '';
  return (
    <div className="app">
      <a className="skip-link" href="#page">
        Skip to the page
      </a>
      <header className="mobile-top">
        <Logo className="logo" />
        <b className="workspace-name">{workspace}</b>
        <div className="end">
          <ThemeButton themes={themes} />
          <AccountMenu session={session} isSmall />
        </div>
      </header>
      <aside className="side" aria-label="Workspace">
        <div className="side-inner">
          <div className="brand">
            <Logo />
            LLMObserve
          </div>
          <div className="workspace">
            <span className="face is-square" aria-hidden="true">
              {workspace.slice(0, 1).toUpperCase()}
            </span>
            <span className="workspace-name">
              <b>{workspace}</b>
              <small>{session ? `Days of ${session.workspace.timeZone}` : ''}</small>
            </span>
          </div>
          <nav aria-label="Pages">
            <PageLinks />
          </nav>
          <div className="foot">
            <CallRate />
            <div className="account">
              <AccountMenu session={session} />
              <ThemeButton themes={themes} />
            </div>
          </div>
        </div>
      </aside>
      <main id="page">{children}</main>
      <nav className="tab-bar" aria-label="Main">
        <PageLinks />
      </nav>
    </div>
  );
}

/** Range and filters go along from page to page. */
function PageLinks() {
  const [view] = useView();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const search = writeView(carriedView(view));
  return PAGES.map(({ to, name, icon }) => {
    const isHere = to === '/' ? path === '/' : path.startsWith(to) || (to === '/customers' && path === '/unattributed');
    return (
      <Link key={to} to={to} search={search} aria-current={isHere ? 'page' : undefined} activeProps={{}} inactiveProps={{}}>
        <Icon name={icon} />
        {name}
      </Link>
    );
  });
}
