import { useMemo, useState } from 'react';

import { useApi, useCalls, useCosts, useLive } from '../../api/index.ts';
import { countOf, Icon, Notice } from '../../components/index.ts';
import { Toolbar, useRange, useView } from '../../filters/index.ts';
import { CallsTable, liveRow, mergeCalls, pricedRow } from '../calls/index.ts';
import type { CallRow } from '../calls/index.ts';
import { PageHead, PageProof } from '../panels/index.ts';
import { matchesView } from './matches-view.ts';
import { LiveRate } from './live-rate.tsx';
import { UnpricedModels } from './unpriced-models.tsx';

const MAX_ROWS = 200;
const READ_ROWS = 50;

/** Calls as they come in, newest first, and why one of them is not priced or has no customer. */
export function Live() {
  const [view, change] = useView();
  const range = useRange();
  const live = useLive();
  const { clock } = useApi();
  const [paused, setPaused] = useState<readonly CallRow[]>();
  const bounds = { from: range.from, to: range.to, filters: view.filters };
  const costs = useCosts(bounds);
  const calls = useCalls({ ...bounds, limit: READ_ROWS });
  const rows = useMemo(() => {
    const read = calls.data?.items.map(pricedRow) ?? [];
    return mergeCalls(live.events.map(liveRow), read, MAX_ROWS).filter((row) => matchesView(row, view));
  }, [live.events, calls.data, view]);
  const waiting = paused ? rows.length - paused.length : 0;
  const shown = paused ?? rows;
  return (
    <>
      <PageHead title="Live">
        <Toolbar hasCompare={false} />
        <PageProof proof={costs.data?.proof} hasFailed={costs.isError} />
      </PageHead>
      <section className="section is-first" aria-label="Calls as they come in">
        <div className="section-head">
          <h2>Calls</h2>
          <LiveRate live={live} nowMs={clock.nowMs()} />
          <label className="search-field">
            <Icon name="search" />
            <span className="sr-only">Filter calls</span>
            <input
              type="search"
              value={view.search}
              placeholder="Model, customer, section"
              onChange={(event) => change({ search: event.target.value }, { isTyping: true })}
            />
          </label>
          <div className="end">
            {waiting > 0 && <span className="quiet">{countOf(waiting, 'new call')}</span>}
            <button
              type="button"
              className="button small"
              aria-pressed={paused !== undefined}
              onClick={() => setPaused(paused ? undefined : rows)}
            >
              <Icon name={paused ? 'play' : 'pause'} />
              {paused ? 'Go on' : 'Pause'}
            </button>
          </div>
        </div>
        {shown.length > 0 && <CallsTable caption="Calls as they come in" rows={shown} hasCustomer hasReasons />}
        {shown.length === 0 && !calls.isPending && (
          <Notice icon="live" title={live.state === 'open' ? 'Waiting for calls' : 'Connecting'}>
            {view.search ? `Nothing so far fits “${view.search}”.` : 'The next call of your app appears here as soon as it is stored.'}
          </Notice>
        )}
      </section>
      <UnpricedModels />
    </>
  );
}
