import { useParams } from '@tanstack/react-router';

import { costsPath, useCosts, useCustomer } from '../../api/index.ts';
import type { CostQuery } from '../../api/index.ts';
import { Notice } from '../../components/index.ts';
import { Toolbar, useRange, useView, withFilter } from '../../filters/index.ts';
import { CostPanel, KeptFigures, PageProof, QueryFailure, Statement, useTitle } from '../panels/index.ts';
import { Breakdown } from './breakdown.tsx';
import { CustomerHead } from './customer-head.tsx';
import { RecentCalls } from './recent-calls.tsx';

/** One customer: what it costs, when, and for what. */
export function Customer() {
  const { customerId } = useParams({ from: '/signed-in/customers/$customerId' });
  const customer = useCustomer(customerId);
  useTitle(customer.data?.name ?? customerId);
  return (
    <>
      <CustomerHead id={customerId} customer={customer.data} />
      <CustomerFigures customerId={customerId} />
    </>
  );
}

/** Calls nobody was named for, told like a customer. */
export function Unattributed() {
  useTitle('Unattributed');
  return (
    <>
      <CustomerHead id="" customer={undefined} />
      <CustomerFigures customerId="" />
    </>
  );
}

function CustomerFigures({ customerId }: { readonly customerId: string }) {
  const [view] = useView();
  const range = useRange();
  const filters = withFilter(view.filters, 'customer', [customerId]);
  const query: CostQuery = {
    from: range.from,
    to: range.to,
    interval: range.interval,
    filters,
    isCompared: view.isCompared,
  };
  const costs = useCosts(query);
  const report = costs.data;
  const isEmpty = report !== undefined && !costs.isPlaceholderData && report.proof.received === 0;
  const hasFailed = costs.isError && !report;
  return (
    <>
      <Toolbar hidden="customer" previousMark="dash" />
      <PageProof proof={report?.proof} hasRest={false} hasFailed={costs.isError} />
      <KeptFigures query={costs} />
      {hasFailed && <QueryFailure error={costs.error} onRetry={() => void costs.refetch()} />}
      {isEmpty && <NoCalls isUnattributed={customerId === ''} label={range.label} />}
      {!hasFailed && !isEmpty && (
        <>
          <Statement report={report} isStale={costs.isPlaceholderData} />
          <CostPanel
            report={report}
            isStale={costs.isPlaceholderData}
            range={range}
            division="customer"
            kind="line"
            path={costsPath(query)}
          />
          <Breakdown range={range} filters={filters} />
          <RecentCalls range={range} filters={filters} customerId={customerId} />
        </>
      )}
    </>
  );
}

function NoCalls({ isUnattributed, label }: { readonly isUnattributed: boolean; readonly label: string }) {
  const [view, change] = useView();
  const hasFilters = Object.keys(withFilter(view.filters, 'customer', [])).length > 0;
  const actions = (
    <>
      {hasFilters && (
        <button type="button" className="button small" onClick={() => change({ filters: {} })}>
          Clear filters
        </button>
      )}
      <button type="button" className="button small" onClick={() => change({ range: { preset: '90d' } })}>
        Look at 90 days
      </button>
    </>
  );
  if (isUnattributed && !hasFilters) {
    return (
      <Notice icon="done" title="Every call names its customer">
        No call came in without one ({label}).
      </Notice>
    );
  }
  return (
    <Notice icon="search" title="No calls in this range" actions={actions}>
      {isUnattributed ? 'No unattributed call' : 'This customer had no call'} {hasFilters ? 'that fits these filters ' : ''}({label}).
    </Notice>
  );
}
