import { costsPath, useCosts } from '../../api/index.ts';
import type { CostQuery } from '../../api/index.ts';
import { Segments } from '../../components/index.ts';
import { askParts, dimensionText, Toolbar, useRange, useView } from '../../filters/index.ts';
import type { Division } from '../../filters/index.ts';
import { CostPanel, KeptFigures, PageHead, PageProof, QueryFailure, Statement } from '../panels/index.ts';
import { CostliestCustomers } from './costliest-customers.tsx';
import { NoCalls } from './no-calls.tsx';

const SHOWN_DIVISIONS: readonly Division[] = ['model', 'customer', 'provider', 'section'];
const MAX_SERIES = 8;

/** What everything cost, over time and by customer. */
export function Overview() {
  const [view, change] = useView();
  const range = useRange();
  const division = view.division ?? 'model';
  const query: CostQuery = {
    from: range.from,
    to: range.to,
    interval: range.interval,
    filters: view.filters,
    isCompared: view.isCompared,
    ...askParts(division, MAX_SERIES),
  };
  const costs = useCosts(query);
  const report = costs.data;
  const isEmpty = report !== undefined && !costs.isPlaceholderData && report.proof.received === 0;
  return (
    <>
      <PageHead title="Overview">
        <Toolbar />
        <PageProof proof={report?.proof} hasFailed={costs.isError} />
      </PageHead>
      <KeptFigures query={costs} />
      {costs.isError && !report && <QueryFailure error={costs.error} onRetry={() => void costs.refetch()} />}
      {isEmpty && <NoCalls range={range} />}
      {!isEmpty && !(costs.isError && !report) && (
        <>
          <Statement report={report} isStale={costs.isPlaceholderData} />
          <CostPanel
            report={report}
            isStale={costs.isPlaceholderData}
            range={range}
            division={division}
            kind="bars"
            path={costsPath(query)}
          >
            <Segments
              label="Divide by"
              className="small scroll"
              segments={SHOWN_DIVISIONS.map((value) => ({ value, label: dimensionText(value) }))}
              value={division}
              onChange={(next) => change({ division: next })}
            />
          </CostPanel>
          <CostliestCustomers range={range} />
        </>
      )}
    </>
  );
}
