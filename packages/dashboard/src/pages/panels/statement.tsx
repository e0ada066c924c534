import type { CostReport } from '@llmobserve/protocol';
import type { ReactNode } from 'react';

import {
  Change,
  columnDecimals,
  countText,
  figureDecimals,
  FigureSkeleton,
  legendDecimals,
  Money,
  readUsd,
} from '../../components/index.ts';
import { perCallOf } from './per-call.ts';

/** The page's figure, and how it comes about; revenue and budget take the two places beside it once they are known. */
export function Statement({ report, isStale }: { readonly report: CostReport | undefined; readonly isStale: boolean }) {
  return (
    <section className={isStale ? 'statement is-stale' : 'statement'} aria-label="Summary">
      <div>
        <div className="label">
          <span className="swatch" />
          Cost
        </div>
        {report ? <CostFigure report={report} /> : <FigureSkeleton label="Cost" />}
      </div>
      <div>
        <div className="label">Calls</div>
        {report ? <CallsFigure report={report} /> : <FigureSkeleton label="Calls" />}
      </div>
      <div>
        <div className="label">Cost per call</div>
        {report ? <PerCallFigure report={report} /> : <FigureSkeleton label="Cost per call" />}
      </div>
    </section>
  );
}

function CostFigure({ report }: { readonly report: CostReport }) {
  const cost = readUsd(report.total.costUsd);
  const previous = report.total.previousCostUsd === undefined ? undefined : readUsd(report.total.previousCostUsd);
  return (
    <>
      <div className="figure" data-testid="total-cost">
        <Money pico={cost} decimals={figureDecimals(cost)} />
      </div>
      <Before current={cost} previous={previous}>
        {previous !== undefined && <Money pico={previous} decimals={legendDecimals([previous])} />}
      </Before>
    </>
  );
}

function CallsFigure({ report }: { readonly report: CostReport }) {
  const { calls, previousCalls, series = [] } = report.total;
  return (
    <>
      <div className="figure-2">{countText(calls)}</div>
      <Strip heights={series.map((point) => point.calls)} />
      <Before current={BigInt(calls)} previous={previousCalls ? BigInt(previousCalls) : undefined}>
        {previousCalls !== undefined && countText(previousCalls)}
      </Before>
    </>
  );
}

function PerCallFigure({ report }: { readonly report: CostReport }) {
  const { calls, previousCalls, costUsd, previousCostUsd, series = [] } = report.total;
  const perCall = perCallOf(readUsd(costUsd), calls);
  const previous = previousCostUsd === undefined ? undefined : perCallOf(readUsd(previousCostUsd), previousCalls ?? 0);
  const decimals = columnDecimals([perCall ?? 0n, previous ?? 0n], 4);
  if (perCall === undefined) return <p className="quiet mt-1">no calls yet</p>;
  return (
    <>
      <div className="figure-2">
        <Money pico={perCall} decimals={decimals} />
      </div>
      <Strip heights={series.map((point) => Number(perCallOf(readUsd(point.costUsd), point.calls) ?? 0n))} isCost />
      <Before current={perCall} previous={previous}>
        {previous !== undefined && <Money pico={previous} decimals={decimals} />}
      </Before>
    </>
  );
}

type BeforeProps = { readonly current: bigint; readonly previous: bigint | undefined; readonly children: ReactNode };

function Before({ current, previous, children }: BeforeProps) {
  if (previous === undefined) return null;
  return (
    <div className="delta">
      {previous === 0n ? (
        <span className="quiet">nothing in the period before</span>
      ) : (
        <>
          <Change current={current} previous={previous} /> &nbsp;from {children}
        </>
      )}
    </div>
  );
}

function Strip({ heights, isCost = false }: { readonly heights: readonly number[]; readonly isCost?: boolean }) {
  const highest = Math.max(...heights, 1e-9);
  return (
    <div className={isCost ? 'strip is-cost' : 'strip'} aria-hidden="true">
      {heights.map((height, index) => (
        <span key={index} className={height > 0 ? undefined : 'is-none'} style={{ height: `${(height / highest) * 100}%` }} />
      ))}
    </div>
  );
}
