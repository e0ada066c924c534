import type { CostReport } from '@llmobserve/protocol';
import type { ReactNode } from 'react';

import { CostChart, LegendTable, StackTable } from '../../charts/index.ts';
import type { Stack } from '../../charts/index.ts';
import { ChartSkeleton, moneyText } from '../../components/index.ts';
import { addDays, isInstant, togglePart, useView, zonedDay } from '../../filters/index.ts';
import type { Division, Range } from '../../filters/index.ts';
import { ChartTools } from './chart-tools.tsx';
import { useStack } from './use-stack.ts';

export type CostPanelProps = {
  readonly report: CostReport | undefined;
  readonly isStale: boolean;
  readonly range: Range;
  readonly division: Division;
  readonly kind: 'bars' | 'line';
  /** The question behind the chart, for "copy as API call". */
  readonly path: string;
  readonly children?: ReactNode;
};

const UNIT_WORDS = { hour: 'hour', day: 'day', week: 'week', month: 'month' } as const;
const CURRENT_WORDS = { hour: 'Now', day: 'Today', week: 'This week', month: 'This month' } as const;

/** Cost over time, as chart or as table, with its legend; what is pressed narrows the page. */
export function CostPanel(props: CostPanelProps) {
  const { report, range, division } = props;
  const [view] = useView();
  const stack = useStack({ report, range, division, isStale: props.isStale });
  const unit = UNIT_WORDS[range.interval];
  const isShown = stack && stack.buckets.length > 0;
  return (
    <section className="section" aria-label={`Cost by ${unit}`}>
      <div className="section-head">
        <h2>Cost by {unit}</h2>
        {props.children}
        <ChartTools stack={stack} path={props.path} name={`cost-by-${unit}-and-${division}`} />
      </div>
      <div className={props.isStale ? 'is-stale' : undefined}>
        {!isShown && <ChartSkeleton label={`Cost by ${unit}`} height={265} />}
        {isShown && view.isTable && <StackTable stack={stack} caption={`Cost by ${unit} and ${division}`} unit={capital(unit)} />}
        {isShown && !view.isTable && <Plot {...props} stack={stack} />}
      </div>
    </section>
  );
}

function Plot({ stack, range, division, kind }: CostPanelProps & { readonly stack: Stack }) {
  const [view, change] = useView();
  const pick = (value: string): void => change({ filters: togglePart(view.filters, division, value) });
  const zoom = (firstKey: string, lastKey: string): void => {
    const day = (key: string): string => (isInstant(key) ? zonedDay(Date.parse(key), range.timeZone) : key);
    change({ range: { firstDay: day(firstKey), lastDay: lastDayOf(day(lastKey), range) } });
  };
  const chart = (
    <CostChart
      stack={stack}
      kind={kind}
      sentence={sentenceOf(stack, range, kind === 'bars' ? division : undefined)}
      currentWord={CURRENT_WORDS[range.interval]}
      onPick={pick}
      onZoom={zoom}
    />
  );
  if (kind === 'line') return chart;
  return (
    <div className="plot">
      {chart}
      <LegendTable stack={stack} caption={`Cost by ${division}`} onPick={pick} />
    </div>
  );
}

/** A bar can stand for more than a day. */
function lastDayOf(day: string, range: Range): string {
  if (range.interval === 'week') return addDays(day, 6);
  if (range.interval !== 'month') return day;
  return addDays(`${addDays(day, 31).slice(0, 7)}-01`, -1);
}

function sentenceOf(stack: Stack, range: Range, division: Division | undefined): string {
  const total = stack.totals.reduce((sum: bigint, cost) => sum + cost, 0n);
  const highest = stack.totals.reduce((most: bigint, cost) => (cost > most ? cost : most), 0n);
  const peak = stack.buckets[stack.totals.findIndex((cost) => cost === highest)];
  const parts = division ? ` by ${division}` : '';
  return `Cost per ${range.interval}${parts}, ${range.label}. Total ${moneyText(total, 2)}, highest on ${peak?.title ?? ''} with ${moneyText(highest, 2)}.`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
