import type { CustomerSummary } from '@llmobserve/protocol';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { useApi, useCosts, useCustomers } from '../../api/index.ts';
import { countOf, Icon, LedgerTable, Notice, readPreviousUsd, RowsSkeleton } from '../../components/index.ts';
import { carriedView, Toolbar, useRange, useView, writeView } from '../../filters/index.ts';
import type { Search, View } from '../../filters/index.ts';
import { PageHead, PageProof, QueryFailure } from '../panels/index.ts';
import { customerColumns } from './customer-columns.tsx';
import { nextSort, readSort, sortText } from './customer-sort.ts';
import { useTyped } from './use-typed.ts';

const PAGE_ROWS = 100;

/** Every customer of the workspace, dearest first. */
export function Customers() {
  const [view, change] = useView();
  const range = useRange();
  const navigate = useNavigate();
  const { clock } = useApi();
  const sort = readSort(view.sort);
  const bounds = { from: range.from, to: range.to };
  const list = useCustomers({ ...bounds, search: view.search, sort: sortText(sort), isCompared: view.isCompared, limit: PAGE_ROWS });
  const whole = useCosts({ ...bounds, isCompared: view.isCompared });
  const isCompared = readPreviousUsd(whole.data?.total.previousCostUsd) !== undefined;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? 0;
  const search = useMemo(() => writeView({ ...carriedView(view), filters: {} }), [view]);
  const columns = useMemo(() => customerColumns(rows, { search, nowMs: clock.nowMs(), isCompared }), [rows, search, clock, isCompared]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const onReachEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const open = (row: CustomerSummary): void => {
    void navigate({ to: '/customers/$customerId', params: { customerId: row.id }, search });
  };
  return (
    <>
      <PageHead title="Customers">
        <Toolbar hasFilters={false} />
        <PageProof proof={whole.data?.proof} hasFailed={whole.isError} />
      </PageHead>
      <section className="section is-first" aria-label="All customers">
        <div className="section-head">
          <SearchField value={view.search} onChange={(text) => change({ search: text }, { isTyping: true })} />
          {list.data && <p role="status">{view.search ? `${countOf(total, 'customer')} called like that` : countOf(total, 'customer')}</p>}
        </div>
        {list.isPending && <RowsSkeleton label="Customers" rows={12} />}
        {list.isError && !list.data && <QueryFailure error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && rows.length === 0 && <NoCustomers view={view} search={search} calls={whole.data?.total.calls ?? 0} />}
        {rows.length > 0 && (
          <div className={list.isPlaceholderData ? 'is-stale' : undefined}>
            <LedgerTable
              caption={`Customers, ${range.label}`}
              columns={columns}
              rows={rows}
              rowId={(row) => row.id}
              sort={sort}
              onSort={(key) => change({ sort: sortText(nextSort(sort, key)) })}
              onOpen={open}
              virtual={{ rowCount: total, onReachEnd }}
            />
          </div>
        )}
      </section>
    </>
  );
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (text: string) => void }) {
  const [text, type] = useTyped(value, onChange);
  return (
    <label className="search-field">
      <Icon name="search" />
      <span className="sr-only">Search customers</span>
      <input type="search" value={text} placeholder="Search by name or id" onChange={(event) => type(event.target.value)} />
    </label>
  );
}

type NoCustomersProps = { readonly view: View; readonly search: Search; readonly calls: number };

function NoCustomers({ view, search, calls }: NoCustomersProps) {
  const [, change] = useView();
  if (view.search) {
    return (
      <Notice
        icon="search"
        title="No customer is called like that"
        actions={
          <button type="button" className="button small" onClick={() => change({ search: '' })}>
            Clear search
          </button>
        }
      >
        Neither a name nor an id contains “{view.search}”.
      </Notice>
    );
  }
  return (
    <Notice
      icon="customers"
      title="No customer named yet"
      actions={
        <>
          <Link className="button primary small" to="/get-started" search={{}}>
            Show me how
          </Link>
          {calls > 0 && (
            <Link className="button small" to="/unattributed" search={search}>
              See the calls
            </Link>
          )}
        </>
      }
    >
      {calls > 0 ? `${countOf(calls, 'call')} came in without one. ` : ''}
      Wrap a request in <span className="mono">withCustomer</span> and its calls belong to that customer.
    </Notice>
  );
}
