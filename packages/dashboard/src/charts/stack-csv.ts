import { formatUsd } from '@llmobserve/protocol';

import type { Stack } from './stack.ts';

const FORMULA_START = /^[=+\-@\t\r]/;

/** The chart's figures with all their decimals, one line per bar, ready for a spreadsheet. */
export function stackCsv(stack: Stack): string {
  const head = ['start', 'total_usd', ...stack.series.map((series) => series.name)];
  const lines = stack.buckets.map((bucket, index) => [
    bucket.key,
    formatUsd(stack.totals[index] ?? 0n),
    ...stack.series.map((series) => formatUsd(series.costs[index] ?? 0n)),
  ]);
  return [head, ...lines].map((cells) => cells.map(csvCell).join(',')).join('\r\n');
}

/** Quotes what needs it, and keeps a spreadsheet from running a name as a formula. */
export function csvCell(text: string): string {
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  const safe = FORMULA_START.test(text) && !isNumber ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
