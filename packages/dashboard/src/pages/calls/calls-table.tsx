import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { useApi, useSession } from '../../api/index.ts';
import { columnDecimals, durationText, LedgerTable, Money, usageText } from '../../components/index.ts';
import type { LedgerColumn } from '../../components/index.ts';
import { momentText } from '../../filters/index.ts';
import { callReasons } from './call-row.ts';
import type { CallRow } from './call-row.ts';

export type CallsTableProps = {
  readonly caption: string;
  readonly rows: readonly CallRow[];
  /** Left away on the page of one customer. */
  readonly hasCustomer: boolean;
  /** Why a call stands out, said in the row. */
  readonly hasReasons?: boolean;
};

const LEAST_CALL_DECIMALS = 8;

/** Calls one by one, each with all the digits of its cost. */
export function CallsTable({ caption, rows, hasCustomer, hasReasons = false }: CallsTableProps) {
  const { clock } = useApi();
  const timeZone = useSession()?.workspace.timeZone ?? 'UTC';
  const nowMs = clock.nowMs();
  const columns = useMemo(() => {
    const decimals = columnDecimals(
      rows.map((row) => row.cost),
      LEAST_CALL_DECIMALS,
    );
    const when = (row: CallRow): string => momentText(row.startedAtMs, nowMs, timeZone);
    const all: readonly (LedgerColumn<CallRow> | false)[] = [
      { id: 'time', header: 'Time', cell: (row) => <span className="quiet call-time">{when(row)}</span> },
      { id: 'model', header: 'Model', isText: true, cell: (row) => <Model row={row} hasMore={hasCustomer} /> },
      hasCustomer && { id: 'customer', header: 'Customer', isText: true, isWide: true, cell: (row) => <CustomerOf row={row} /> },
      { id: 'section', header: 'Section', isText: true, isWide: true, cell: (row) => <Section row={row} /> },
      { id: 'usage', header: 'Usage', isWide: true, cell: (row) => <span className="soft">{usageText(row.usage)}</span> },
      { id: 'took', header: 'Took', isWide: true, cell: (row) => <Took row={row} /> },
      { id: 'cost', header: 'Cost', cell: (row) => <Cost row={row} decimals={decimals} /> },
      { id: 'quality', header: 'Quality', isText: true, isWide: true, cell: (row) => <Quality row={row} hasReasons={hasReasons} /> },
    ];
    return all.filter((column) => column !== false);
  }, [rows, hasCustomer, hasReasons, nowMs, timeZone]);
  return <LedgerTable caption={caption} columns={columns} rows={rows} rowId={(row) => row.id} />;
}

/** Where there is little room, the customer and what stands out go under the model. */
function Model({ row, hasMore }: { readonly row: CallRow; readonly hasMore: boolean }) {
  return (
    <>
      <span className="call-model">
        <span className="call-name" title={row.model}>
          {row.model}
        </span>
        {row.status === 'error' && <span className="pill bad">failed</span>}
        {row.status === 'cancelled' && <span className="pill">cancelled</span>}
      </span>
      {hasMore && <span className="call-more only-small">{[row.customer, ...callReasons(row)].filter(Boolean).join(' · ')}</span>}
    </>
  );
}

function CustomerOf({ row }: { readonly row: CallRow }) {
  if (row.customer === undefined) return <span className="pill warn">unattributed</span>;
  return (
    <Link className="go call-customer" to="/customers/$customerId" params={{ customerId: row.customer }} search={{}}>
      {row.customer}
    </Link>
  );
}

function Section({ row }: { readonly row: CallRow }) {
  if (row.section === undefined) return <span className="quiet">no section</span>;
  return (
    <span className="mono soft call-section" title={row.section}>
      {row.section}
    </span>
  );
}

function Took({ row }: { readonly row: CallRow }) {
  return <span className="soft">{row.durationMs === undefined ? 'not known' : durationText(row.durationMs)}</span>;
}

function Cost({ row, decimals }: { readonly row: CallRow; readonly decimals: number }) {
  if (row.quality === 'unpriced' && row.cost === 0n) return <span className="quiet">no price</span>;
  return <Money pico={row.cost} decimals={decimals} />;
}

type QualityProps = { readonly row: CallRow; readonly hasReasons: boolean };

function Quality({ row, hasReasons }: QualityProps) {
  const reasons = hasReasons ? callReasons(row) : [];
  return (
    <>
      <QualityWord row={row} />
      {reasons.length > 0 && <span className="soft call-reasons">{reasons.join(' ')}</span>}
    </>
  );
}

function QualityWord({ row }: { readonly row: CallRow }) {
  if (row.quality === 'unpriced') return <span className="pill bad">unpriced</span>;
  if (row.quality === 'estimated') return <span className="pill warn">estimated</span>;
  return <span className="quiet">{row.quality}</span>;
}
