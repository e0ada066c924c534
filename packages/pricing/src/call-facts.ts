import type { CostEvent, Usage } from '@llmobserve/protocol';

/** What a row's condition may ask of a call. */
export type CallFacts = {
  readonly startedAt: string;
  readonly serviceTier: string;
  readonly inputTokens: number;
  readonly region: string | undefined;
  readonly imageSize: string | undefined;
  readonly imageQuality: string | undefined;
  readonly searchContextSize: string | undefined;
  readonly cloud: string | undefined;
  readonly plan: string;
};

export const STANDARD_TIER = 'standard';
const DEFAULT_PLAN = 'standard';
/** How providers call the tier that costs the list price. */
const STANDARD_NAMES = new Set(['', 'default', 'auto', 'standard', 'standard_only', 'on_demand', 'on-demand', 'ondemand']);

/** Gemini names its tiers by kind of traffic. */
const OTHER_NAMES: Readonly<Record<string, string>> = { on_demand_flex: 'flex', on_demand_priority: 'priority' };

/** Reads what prices depend on, with the defaults of the contract. */
export function readCallFacts(event: CostEvent): CallFacts {
  return {
    startedAt: event.startedAt,
    serviceTier: servedTier(event),
    inputTokens: event.usage ? countInputTokens(event.usage) : 0,
    region: event.region,
    imageSize: attribute(event, 'imageSize'),
    imageQuality: attribute(event, 'imageQuality'),
    searchContextSize: attribute(event, 'searchContextSize'),
    cloud: attribute(event, 'cloud'),
    plan: attribute(event, 'plan') ?? DEFAULT_PLAN,
  };
}

/** The tier that served the call; a batch object is served as a batch even when nobody says so. */
export function servedTier(event: CostEvent): string {
  const tier = event.serviceTier?.toLowerCase() ?? '';
  if (tier === '' && event.kind === 'batch') return 'batch';
  if (STANDARD_NAMES.has(tier)) return STANDARD_TIER;
  return OTHER_NAMES[tier] ?? tier;
}

/** Context steps count everything that was sent to the model, cached or not. */
export function countInputTokens(usage: Usage): number {
  return (
    (usage.input ?? 0) +
    (usage.cachedInput ?? 0) +
    (usage.cacheWrite5m ?? 0) +
    (usage.cacheWrite1h ?? 0) +
    (usage.audioInput ?? 0) +
    (usage.audioCachedInput ?? 0) +
    (usage.imageInput ?? 0) +
    (usage.imageCachedInput ?? 0)
  );
}

function attribute(event: CostEvent, name: string): string | undefined {
  const value = event.attributes?.[name];
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}
