import { useMemo } from 'react';

import { useCalls } from '../../api/index.ts';
import type { QueryFilters } from '../../api/index.ts';
import { RowsSkeleton } from '../../components/index.ts';
import type { Range } from '../../filters/index.ts';
import { CallsTable, pricedRow } from '../calls/index.ts';
import { QueryFailure } from '../panels/index.ts';

const MAX_CALLS = 20;

type RecentCallsProps = { readonly range: Range; readonly filters: QueryFilters; readonly customerId: string };

/** The newest calls behind the figures above. */
export function RecentCalls({ range, filters, customerId }: RecentCallsProps) {
  const calls = useCalls({ from: range.from, to: range.to, filters, limit: MAX_CALLS });
  const rows = useMemo(() => calls.data?.items.map(pricedRow) ?? [], [calls.data]);
  return (
    <section className="section" aria-label="Recent calls">
      <div className="section-head">
        <h2>Recent calls</h2>
        <span className="pill">
          <span className="dot is-live" aria-hidden="true" />
          live
        </span>
      </div>
      {calls.isPending && <RowsSkeleton label="Recent calls" rows={8} />}
      {calls.isError && !calls.data && <QueryFailure error={calls.error} onRetry={() => void calls.refetch()} />}
      {rows.length > 0 && (
        <div className={calls.isPlaceholderData ? 'is-stale' : undefined}>
          <CallsTable caption={`Recent calls of ${customerId || 'nobody'}`} rows={rows} hasCustomer={false} />
        </div>
      )}
    </section>
  );
}
