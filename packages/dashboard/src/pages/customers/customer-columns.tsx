import type { CustomerSummary } from '@llmobserve/protocol';
import { Link } from '@tanstack/react-router';

import { Sparkline } from '../../charts/index.ts';
import { Change, columnDecimals, countText, Money, readUsd } from '../../components/index.ts';
import type { LedgerColumn } from '../../components/index.ts';
import { agoText } from '../../filters/index.ts';
import type { Search } from '../../filters/index.ts';
import { perCallOf } from '../panels/index.ts';

export type ColumnsInput = { readonly search: Search; readonly nowMs: number; readonly isCompared: boolean };

/** The columns of the customers table; decimals are decided by what has been loaded. */
export function customerColumns(
  rows: readonly CustomerSummary[],
  { search, nowMs, isCompared }: ColumnsInput,
): readonly LedgerColumn<CustomerSummary>[] {
  const costDecimals = columnDecimals(rows.map((row) => readUsd(row.costUsd)));
  const perCall = (row: CustomerSummary): bigint | undefined => perCallOf(readUsd(row.costUsd), row.calls);
  const callDecimals = columnDecimals(
    rows.map((row) => perCall(row) ?? 0n),
    4,
  );
  return [
    { id: 'name', header: 'Customer', sortKey: 'name', cell: (row) => <Name row={row} search={search} /> },
    { id: 'plan', header: 'Plan', isText: true, isWide: true, cell: (row) => row.plan ?? <span className="quiet">none</span> },
    { id: 'cost', header: 'Cost', sortKey: 'costUsd', cell: (row) => <Money pico={readUsd(row.costUsd)} decimals={costDecimals} /> },
    {
      id: 'change',
      header: 'Change',
      isHidden: !isCompared,
      cell: (row) => <RowChange row={row} />,
    },
    { id: 'calls', header: 'Calls', sortKey: 'calls', isWide: true, cell: (row) => countText(row.calls) },
    {
      id: 'per-call',
      header: 'Per call',
      isWide: true,
      cell: (row) => {
        const pico = perCall(row);
        return pico === undefined ? <span className="quiet">no calls</span> : <Money pico={pico} decimals={callDecimals} />;
      },
    },
    {
      id: 'trend',
      header: '14 days',
      isWide: true,
      cell: (row) => row.trend && row.trend.length > 1 && <Sparkline values={row.trend.map(readUsd)} label="Cost of the last 14 days" />,
    },
    {
      id: 'last-seen',
      header: 'Last call',
      sortKey: 'lastSeenAt',
      isWide: true,
      cell: (row) => <span className="soft">{agoText(nowMs - Date.parse(row.lastSeenAt))}</span>,
    },
  ];
}

type NameProps = { readonly row: CustomerSummary; readonly search: Search };

function Name({ row, search }: NameProps) {
  return (
    <>
      <Link className="go" to="/customers/$customerId" params={{ customerId: row.id }} search={search}>
        {row.name ?? row.id}
      </Link>
      {row.name !== undefined && row.name !== row.id && <span className="sub mono hide-small">{row.id}</span>}
    </>
  );
}

function RowChange({ row }: { readonly row: CustomerSummary }) {
  if (row.previousCostUsd === undefined) return <span className="quiet">not compared</span>;
  return <Change current={readUsd(row.costUsd)} previous={readUsd(row.previousCostUsd)} />;
}
