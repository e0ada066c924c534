import { formatUsd, parseUsd, ZERO_USD } from '@llmobserve/protocol';
import type { CostGroup, CostReport, PicoUsd, UsdText } from '@llmobserve/protocol';

/** Groups to ask for so that a model is whole over all its providers; who comes later costs less than 1 % of the total. */
export const MODEL_QUESTION = { groupBy: ['model', 'provider'], limit: 100 } as const;

/** No provider's name and no model's has a control character, so these values can never be mistaken for a model. */
const NO_MODEL = '\u0000';

/** The provider that stands in for the model of calls that have none, such as a vector store's. */
export function providerInstead(model: string): string | undefined {
  return model.startsWith(NO_MODEL) ? model.slice(NO_MODEL.length) : undefined;
}

/** Turns a report by model and provider into one by model, dearest first; calls without a model go by their provider. */
export function foldModels(report: CostReport): CostReport {
  if (!report.groups.every((group) => 'model' in group.key && 'provider' in group.key)) return report;
  const byModel = new Map<string, readonly CostGroup[]>();
  for (const group of report.groups) {
    const model = group.key['model'] ?? `${NO_MODEL}${group.key['provider'] ?? ''}`;
    byModel.set(model, [...(byModel.get(model) ?? []), group]);
  }
  const groups = [...byModel].map(([model, parts]) => addUp(model, parts));
  return { ...report, groups: groups.toSorted((a, b) => Number(picoOf(b.costUsd) - picoOf(a.costUsd))) };
}

function addUp(model: string, parts: readonly CostGroup[]): CostGroup {
  const [first] = parts;
  const sum = (read: (part: CostGroup) => number | undefined): number => parts.reduce((total, part) => total + (read(part) ?? 0), 0);
  return {
    key: { model },
    costUsd: addUsd(parts.map((part) => part.costUsd)),
    calls: sum((part) => part.calls),
    share: sum((part) => part.share),
    ...(first?.previousCostUsd === undefined ? {} : { previousCostUsd: addUsd(parts.map((part) => part.previousCostUsd ?? '0')) }),
    ...(first?.previousCalls === undefined ? {} : { previousCalls: sum((part) => part.previousCalls) }),
    ...(first?.series === undefined ? {} : { series: parts.flatMap((part) => part.series ?? []) }),
  };
}

function addUsd(amounts: readonly UsdText[]): UsdText {
  return formatUsd(amounts.reduce((total: bigint, amount) => total + picoOf(amount), 0n));
}

function picoOf(usd: UsdText): PicoUsd {
  return parseUsd(usd) ?? ZERO_USD;
}
