import { formatUsd } from '@llmobserve/protocol';
import type { CostGroup, CostPoint, CostReport } from '@llmobserve/protocol';

export const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20'] as const;

export const BUCKETS = DAYS.map((key) => ({ key, label: key.slice(8), title: key, isCurrent: key === DAYS[2] }));

/** One point per day, in pico-dollars. */
export function series(costs: readonly bigint[]): readonly CostPoint[] {
  return costs.map((cost, index) => ({ at: `${DAYS[index] ?? DAYS[0]}T00:00:00.000Z`, costUsd: formatUsd(cost), calls: 1 }));
}

export type GroupInput = { readonly name: string | null; readonly costs: readonly bigint[]; readonly previous?: bigint };

/** A report by one dimension, whose total is the sum of its groups and the rest. */
export function reportOf(dimension: string, groups: readonly GroupInput[], rest: readonly GroupInput[] = []): CostReport {
  const all = [...groups, ...rest];
  const total = sum(all.flatMap((group) => group.costs));
  const perDay = (inputs: readonly GroupInput[]): readonly bigint[] =>
    DAYS.map((_, index) => sum(inputs.map((group) => group.costs[index] ?? 0n)));
  return {
    currency: 'USD',
    timeZone: 'UTC',
    from: '2026-11-18T00:00:00.000Z',
    to: '2026-11-21T00:00:00.000Z',
    total: {
      costUsd: formatUsd(total),
      calls: all.length * 3,
      usage: {},
      previousCostUsd: formatUsd(sum(all.map((group) => group.previous ?? 0n))),
      previousCalls: all.length,
      series: series(perDay(all)),
      previousSeries: DAYS.map((day, index) => ({ at: `${previousDay(day)}T00:00:00.000Z`, costUsd: formatUsd(BigInt(index)), calls: 1 })),
    },
    groups: groups.map((group) => groupOf(dimension, group, total)),
    ...(rest.length > 0
      ? { other: { costUsd: formatUsd(sum(rest.flatMap((one) => one.costs))), calls: rest.length * 3, groups: rest.length } }
      : {}),
    proof: { received: all.length * 3, unpriced: 0, estimated: 0, unattributed: 0, lost: 0 },
  };
}

export function previousDay(day: string): string {
  return `2026-11-${Number(day.slice(8)) - 3}`;
}

export function sum(costs: readonly bigint[]): bigint {
  return costs.reduce((total, cost) => total + cost, 0n);
}

function groupOf(dimension: string, group: GroupInput, total: bigint): CostGroup {
  const cost = sum(group.costs);
  return {
    key: { [dimension]: group.name },
    costUsd: formatUsd(cost),
    calls: 3,
    share: total > 0n ? Number(cost) / Number(total) : 0,
    previousCostUsd: formatUsd(group.previous ?? 0n),
    series: series(group.costs),
  };
}
