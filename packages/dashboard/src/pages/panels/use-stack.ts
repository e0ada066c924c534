import type { CostReport } from '@llmobserve/protocol';
import { useMemo, useState } from 'react';

import { useApi, useCustomerNames } from '../../api/index.ts';
import { assignColours, stackSeries } from '../../charts/index.ts';
import type { SeriesColour, Stack } from '../../charts/index.ts';
import { bucketKey, listBuckets, previousRange, valueText } from '../../filters/index.ts';
import type { Division, Range } from '../../filters/index.ts';

export type StackQuestion = {
  readonly report: CostReport | undefined;
  readonly range: Range;
  readonly division: Division;
  /** True while the report still answers the question before. */
  readonly isStale: boolean;
};

/** A report laid out for the chart; a name keeps its colour while the page is open. */
export function useStack(question: StackQuestion): Stack | undefined {
  const { report, range, division } = useSettled(question);
  const { clock } = useApi();
  const [kept] = useState(() => new Map<string, ReadonlyMap<string, SeriesColour>>());
  const names = useCustomerNames(division === 'customer' ? idsOf(report) : []);
  return useMemo(() => {
    if (!report) return undefined;
    const shown = report.groups.map((group) => group.key[division] ?? '');
    const colours = assignColours(kept.get(division) ?? new Map<string, SeriesColour>(), shown);
    kept.set(division, colours);
    const nowMs = clock.nowMs();
    const cut = { interval: range.interval, timeZone: report.timeZone };
    return stackSeries({
      report,
      dimension: division,
      buckets: listBuckets({ ...range, timeZone: report.timeZone }, nowMs),
      previousBuckets: listBuckets({ ...previousRange(range), timeZone: report.timeZone }, nowMs),
      keyOf: (at) => bucketKey(Date.parse(at), cut),
      nameOf: (value) => names.get(value ?? '') ?? valueText(division, value),
      colourOf: (value) => colours.get(value) ?? 'other',
    });
  }, [report, range, division, clock, kept, names]);
}

/** Old figures stay laid out as they were until the new ones come, so that bars and total never tell of two ranges. */
function useSettled(question: StackQuestion): StackQuestion {
  const [settled, setSettled] = useState(question);
  const isNew = settled.report !== question.report || settled.range !== question.range || settled.division !== question.division;
  if (!question.isStale && isNew) setSettled(question);
  return question.isStale ? settled : question;
}

function idsOf(report: CostReport | undefined): readonly string[] {
  return report?.groups.flatMap((group) => group.key['customer'] ?? []) ?? [];
}
