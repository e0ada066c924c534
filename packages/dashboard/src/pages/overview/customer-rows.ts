import type { CostGroup, CostPoint, CostReport } from '@llmobserve/protocol';

import { readPreviousUsd, readUsd } from '../../components/index.ts';

/** A row of the costliest customers; "others" and "unattributed" make the rows add up to the total. */
export type CustomerRow = {
  readonly kind: 'customer' | 'others' | 'unattributed';
  readonly key: string;
  readonly id: string;
  readonly customers: number;
  readonly cost: bigint;
  readonly previousCost: bigint | undefined;
  readonly calls: number;
  /** Cost per bucket of the last stretch, oldest first. */
  readonly trend: readonly bigint[];
};

export type CustomerRows = { readonly rows: readonly CustomerRow[]; readonly total: CustomerRow; readonly customers: number };

const TREND_POINTS = 14;

/**
 * Lays out who costs most: named customers, then all others as one row, then unattributed calls; together the total.
 *
 * @param unattributed the report of calls without a customer, for when they are not among the dearest groups
 */
export function customerRows(report: CostReport, unattributed: CostReport | undefined): CustomerRows {
  const named = report.groups.filter((group) => group.key['customer'] !== null).map(customerRow);
  const shownNobody = report.groups.find((group) => group.key['customer'] === null);
  const nobodyFigures = shownNobody ?? unattributed?.total;
  const nobody = nobodyFigures && restRow('unattributed', nobodyFigures);
  const total = { ...restRow('others', report.total), previousCost: readPreviousUsd(report.total.previousCostUsd) };
  const hiddenGroups = report.other?.groups ?? 0;
  const others = hiddenGroups - (nobody && !shownNobody ? 1 : 0);
  const rest = others > 0 ? [{ ...subtract(total, [...named, ...(nobody ? [nobody] : [])]), customers: others }] : [];
  return { rows: [...named, ...rest, ...(nobody ? [nobody] : [])], total, customers: named.length + others };
}

function customerRow(group: CostGroup): CustomerRow {
  const id = group.key['customer'] ?? '';
  return { ...restRow('others', group), kind: 'customer', key: `customer ${id}`, id, customers: 1 };
}

type Figures = Pick<CostGroup, 'costUsd' | 'calls' | 'previousCostUsd'> & { readonly series?: readonly CostPoint[] };

function restRow(kind: 'others' | 'unattributed', figures: Figures): CustomerRow {
  return {
    kind,
    key: kind,
    id: '',
    customers: 0,
    cost: readUsd(figures.costUsd),
    previousCost: figures.previousCostUsd === undefined ? undefined : readUsd(figures.previousCostUsd),
    calls: figures.calls,
    trend: (figures.series ?? []).slice(-TREND_POINTS).map((point) => readUsd(point.costUsd)),
  };
}

function subtract(whole: CustomerRow, parts: readonly CustomerRow[]): CustomerRow {
  const { previousCost } = whole;
  return {
    ...whole,
    cost: parts.reduce((rest, part) => rest - part.cost, whole.cost),
    previousCost: previousCost === undefined ? undefined : parts.reduce((rest, part) => rest - (part.previousCost ?? 0n), previousCost),
    calls: parts.reduce((rest, part) => rest - part.calls, whole.calls),
    trend: whole.trend.map((cost, index) => parts.reduce((rest, part) => rest - (part.trend[index] ?? 0n), cost)),
  };
}
