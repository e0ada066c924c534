import type { Reader, Reading, Seen } from './provider.ts';
import { listObjects } from './read-members.ts';
import { readQuantities } from './read-quantities.ts';

/** Adds up what the answers in a file tell, one a line; of a file too long to be kept, the kept part stands for the rest. */
export function sumUsages({ head, tail, isWhole, keptShare }: Omit<Seen, 'request' | 'header'>, { quantities }: Reader): Reading {
  const sums: Record<string, number> = {};
  const text = isWhole ? head : `${head}\n${tail}`;
  for (const told of listObjects(text, 'usage')) {
    const usage = readQuantities(told, quantities) ?? {};
    for (const [unit, quantity = 0] of Object.entries(usage)) sums[unit] = (sums[unit] ?? 0) + quantity;
  }
  for (const unit of Object.keys(sums)) sums[unit] = Math.round((sums[unit] ?? 0) / keptShare);
  // A batch of several models has no price of its own.
  const models = new Set(Array.from(text.matchAll(/^.*?"model":\s*"([^"]+)"/gm), ([, model]) => model));
  return {
    model: models.size === 1 ? [...models][0] : undefined,
    usage: Object.keys(sums).length > 0 ? sums : undefined,
    isEstimated: keptShare < 1,
  };
}
