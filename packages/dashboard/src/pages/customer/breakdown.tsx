import type { CostGroup } from '@llmobserve/protocol';
import { Tabs } from 'radix-ui';
import { useMemo } from 'react';

import { useCosts } from '../../api/index.ts';
import type { QueryFilters } from '../../api/index.ts';
import {
  Change,
  columnDecimals,
  countText,
  LedgerTable,
  Money,
  readPreviousUsd,
  readUsd,
  RowsSkeleton,
  shareText,
} from '../../components/index.ts';
import type { LedgerColumn } from '../../components/index.ts';
import { askParts, dimensionText, isPartChosen, togglePart, useView, valueText } from '../../filters/index.ts';
import type { Division, Range } from '../../filters/index.ts';
import { perCallOf, QueryFailure } from '../panels/index.ts';

const TABS: readonly Division[] = ['section', 'model', 'kind', 'provider', 'agent'];
const MAX_ROWS = 50;

type BreakdownProps = { readonly range: Range; readonly filters: QueryFilters };

/** What the cost was for, divided one way at a time; a press on a row narrows the page to it. */
export function Breakdown({ range, filters }: BreakdownProps) {
  const [view, change] = useView();
  const division = TABS.find((tab) => tab === view.division) ?? 'section';
  return (
    <section className="section" aria-label="What the cost was for">
      <Tabs.Root value={division} onValueChange={(value) => change({ division: TABS.find((tab) => tab === value) })}>
        <Tabs.List className="tabs" aria-label="Divide cost by">
          {TABS.map((tab) => (
            <Tabs.Trigger key={tab} value={tab} type="button">
              {dimensionText(tab)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value={division}>
          <BreakdownTable division={division} range={range} filters={filters} />
        </Tabs.Content>
      </Tabs.Root>
    </section>
  );
}

function BreakdownTable({ division, range, filters }: BreakdownProps & { readonly division: Division }) {
  const [view, change] = useView();
  const others = useMemo(() => ({ ...filters, [division]: undefined }), [filters, division]);
  const query = { from: range.from, to: range.to, filters: others, isCompared: view.isCompared };
  const costs = useCosts({ ...query, ...askParts(division, MAX_ROWS) });
  const groups = useMemo(() => costs.data?.groups.filter((group) => division in group.key) ?? [], [costs.data, division]);
  const isCompared = readPreviousUsd(costs.data?.total.previousCostUsd) !== undefined;
  const columns = useMemo(() => columnsOf(groups, division, isCompared), [groups, division, isCompared]);
  if (costs.isPending) return <RowsSkeleton label="Breakdown" rows={5} />;
  if (costs.isError && groups.length === 0) return <QueryFailure error={costs.error} onRetry={() => void costs.refetch()} />;
  const valueOf = (group: CostGroup): string => group.key[division] ?? '';
  return (
    <div className={costs.isPlaceholderData ? 'breakdown is-stale' : 'breakdown'}>
      <LedgerTable
        caption={`Cost by ${division}`}
        columns={columns}
        rows={groups}
        rowId={(group) => `value ${valueOf(group)}`}
        sort={{ key: 'cost', isDescending: true }}
        onOpen={(group) => change({ filters: togglePart(view.filters, division, valueOf(group)) })}
        isChosen={(group) => isPartChosen(view.filters, division, valueOf(group))}
      />
    </div>
  );
}

function columnsOf(groups: readonly CostGroup[], division: Division, isCompared: boolean): readonly LedgerColumn<CostGroup>[] {
  const dearest = groups[0]?.share ?? 1;
  const costDecimals = columnDecimals(groups.map((group) => readUsd(group.costUsd)));
  const perCall = (group: CostGroup): bigint => perCallOf(readUsd(group.costUsd), group.calls) ?? 0n;
  const callDecimals = columnDecimals(groups.map(perCall), 4);
  return [
    {
      id: 'name',
      header: dimensionText(division),
      cell: (group) => (
        <>
          <span className="share-bar" style={{ width: `${dearest > 0 ? (group.share / dearest) * 100 : 0}%` }} aria-hidden="true" />
          <span className={(group.key[division] ?? null) === null ? 'share-name quiet' : 'share-name mono'}>
            {valueText(division, group.key[division] ?? null)}
          </span>
        </>
      ),
    },
    { id: 'cost', header: 'Cost', sortKey: 'cost', cell: (group) => <Money pico={readUsd(group.costUsd)} decimals={costDecimals} /> },
    { id: 'share', header: 'Share', isWide: true, cell: (group) => shareText(group.share) },
    {
      id: 'change',
      header: 'Change',
      isHidden: !isCompared,
      cell: (group) => <Change current={readUsd(group.costUsd)} previous={readUsd(group.previousCostUsd ?? '0')} />,
    },
    { id: 'calls', header: 'Calls', isWide: true, cell: (group) => countText(group.calls) },
    { id: 'per-call', header: 'Per call', isWide: true, cell: (group) => <Money pico={perCall(group)} decimals={callDecimals} /> },
  ];
}
