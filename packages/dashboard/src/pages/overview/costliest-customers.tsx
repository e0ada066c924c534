import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useCosts, useCustomerNames } from '../../api/index.ts';
import type { CostQuery } from '../../api/index.ts';
import { Sparkline } from '../../charts/index.ts';
import { Change, columnDecimals, countOf, countText, LedgerTable, Money, RowsSkeleton, Share, shareOf } from '../../components/index.ts';
import type { LedgerColumn } from '../../components/index.ts';
import { carriedView, useView, withFilter, writeView } from '../../filters/index.ts';
import type { Range, Search } from '../../filters/index.ts';
import { perCallOf, QueryFailure } from '../panels/index.ts';
import { customerRows } from './customer-rows.ts';
import type { CustomerRow } from './customer-rows.ts';

const MAX_ROWS = 8;

/** Who costs most, what is left, and the sum of it all. */
export function CostliestCustomers({ range }: { readonly range: Range }) {
  const [view] = useView();
  const navigate = useNavigate();
  const query: CostQuery = { from: range.from, to: range.to, interval: range.interval, filters: view.filters, isCompared: view.isCompared };
  const costs = useCosts({ ...query, groupBy: ['customer'], limit: MAX_ROWS });
  // Asked for by itself only where it is hidden among the others.
  const isNobodyShown = costs.data?.groups.some((group) => group.key['customer'] === null) ?? false;
  const hasRest = !isNobodyShown && (costs.data?.proof.unattributed ?? 0) > 0;
  const unattributed = useCosts({ ...query, filters: withFilter(view.filters, 'customer', ['']) }, { isEnabled: hasRest });
  const search = writeView(withoutCustomer(carriedView(view)));
  const rows = useMemo(
    () => costs.data && customerRows(costs.data, hasRest ? unattributed.data : undefined),
    [costs.data, hasRest, unattributed.data],
  );
  const names = useCustomerNames(rows?.rows.flatMap((row) => (row.kind === 'customer' ? [row.id] : [])) ?? []);
  const columns = useMemo(() => (rows ? columnsOf(rows, { search, range, names }) : []), [rows, search, range, names]);
  const open = (row: CustomerRow): void => {
    if (row.kind === 'customer') void navigate({ to: '/customers/$customerId', params: { customerId: row.id }, search });
    else void navigate({ to: row.kind === 'unattributed' ? '/unattributed' : '/customers', search });
  };
  return (
    <section className="section" aria-label="Costliest customers">
      <div className="section-head">
        <h2>Costliest customers</h2>
        {rows && <p className="hide-small">{countOf(rows.customers, 'customer')} in this range</p>}
        <div className="end">
          <Link className="button small" to="/customers" search={search}>
            All customers
          </Link>
        </div>
      </div>
      {costs.isPending && <RowsSkeleton label="Costliest customers" rows={MAX_ROWS} />}
      {costs.isError && !rows && <QueryFailure error={costs.error} onRetry={() => void costs.refetch()} />}
      {rows && (
        <div className={costs.isPlaceholderData ? 'is-stale' : undefined}>
          <LedgerTable
            caption={`Costliest customers, ${range.label}`}
            columns={columns}
            rows={rows.rows}
            rowId={(row) => row.key}
            sort={{ key: 'cost', isDescending: true }}
            onOpen={open}
          />
        </div>
      )}
    </section>
  );
}

function withoutCustomer<Filtered extends { readonly filters: Parameters<typeof withFilter>[0] }>(view: Filtered): Filtered {
  return { ...view, filters: withFilter(view.filters, 'customer', []) };
}

type Links = { readonly search: Search; readonly range: Range; readonly names: ReadonlyMap<string, string> };
type Rows = NonNullable<ReturnType<typeof customerRows>>;

function columnsOf({ rows, total }: Rows, { search, range, names }: Links): readonly LedgerColumn<CustomerRow>[] {
  const costDecimals = columnDecimals([...rows.map((row) => row.cost), total.cost]);
  const perCall = (row: CustomerRow): bigint | undefined => perCallOf(row.cost, row.calls);
  const callDecimals = columnDecimals(
    [...rows, total].map((row) => perCall(row) ?? 0n),
    4,
  );
  const trendDays = range.interval === 'day' ? Math.min(14, Math.max(...rows.map((row) => row.trend.length), 0)) : 0;
  const each = (row: CustomerRow) => <PerCall pico={perCall(row)} decimals={callDecimals} />;
  return [
    {
      id: 'customer',
      header: 'Customer',
      cell: (row) => <CustomerName row={row} name={names.get(row.id)} search={search} />,
      total: 'Total',
    },
    {
      id: 'cost',
      header: 'Cost',
      sortKey: 'cost',
      cell: (row) => <Money pico={row.cost} decimals={costDecimals} />,
      total: <Money pico={total.cost} decimals={costDecimals} />,
    },
    {
      id: 'share',
      header: 'Share',
      cell: (row) => <Share share={shareOf(row.cost, total.cost)} />,
      total: <Share share={shareOf(total.cost, total.cost)} />,
    },
    {
      id: 'change',
      header: 'Change',
      isWide: true,
      isHidden: total.previousCost === undefined,
      cell: (row) => <Change current={row.cost} previous={row.previousCost} />,
      total: <Change current={total.cost} previous={total.previousCost} />,
    },
    { id: 'calls', header: 'Calls', isWide: true, cell: (row) => countText(row.calls), total: countText(total.calls) },
    { id: 'per-call', header: 'Per call', isWide: true, cell: each, total: each(total) },
    {
      id: 'trend',
      header: trendDays > 0 ? `${trendDays} days` : 'Trend',
      isWide: true,
      cell: (row) => row.trend.length > 1 && <Sparkline values={row.trend} label="Cost over time" />,
      total: '',
    },
  ];
}

type CustomerNameProps = { readonly row: CustomerRow; readonly name: string | undefined; readonly search: Search };

function CustomerName({ row, name, search }: CustomerNameProps) {
  if (row.kind === 'others') {
    return (
      <Link className="go is-plain" to="/customers" search={search}>
        {countOf(row.customers, 'other')}
      </Link>
    );
  }
  if (row.kind === 'unattributed') {
    return (
      <Link className="go is-plain quiet" to="/unattributed" search={search}>
        Unattributed
      </Link>
    );
  }
  return (
    <Link className="go" to="/customers/$customerId" params={{ customerId: row.id }} search={search}>
      {name ?? row.id}
    </Link>
  );
}

function PerCall({ pico, decimals }: { readonly pico: bigint | undefined; readonly decimals: number }) {
  return pico === undefined ? <span className="quiet">no calls</span> : <Money pico={pico} decimals={decimals} />;
}
