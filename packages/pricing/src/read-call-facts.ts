import type { CostEvent, Usage } from '@llmobserve/protocol';

/** Conditions that ask for one value, each read from one place of the event. */
export const NAMED_FACTS = ['region', 'imageSize', 'imageQuality', 'searchContextSize', 'cloud', 'plan'] as const;
export type FactName = (typeof NAMED_FACTS)[number];

/** What a price's condition may ask of a call. */
export type CallFacts = Readonly<Record<FactName, string | undefined>> & {
  readonly startedAt: string;
  readonly serviceTier: string;
  readonly inputTokens: number;
};

export const STANDARD_TIER = 'standard';
/** How providers call the tier that costs the list price. */
const STANDARD_NAMES = new Set(['', 'default', 'auto', 'standard', 'standard_only', 'on_demand', 'on-demand', 'ondemand']);

/** Gemini names its tiers by kind of traffic. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['on_demand_flex', 'flex'],
  ['on_demand_priority', 'priority'],
]);

/** Where a vector store is meant to be that says nothing of it; a call that names another place is not priced by this one. */
const DEFAULTS: Readonly<Partial<Record<FactName, string>>> = { plan: 'standard', cloud: 'aws' };
const STORE_REGION = 'us-east-1';
/** Where a model runs when nobody asks for a place. */
export const GLOBAL_REGION = 'global';
/** How Anthropic answers for models that cannot be asked for one (2026-02). */
const NO_REGION = 'not_available';

/** Reads everything prices depend on. */
export function readCallFacts(event: CostEvent): CallFacts {
  return {
    startedAt: event.startedAt,
    serviceTier: servedTier(event),
    inputTokens: event.usage ? countInputTokens(event.usage) : 0,
    region: servedRegion(event),
    imageSize: readFact(event, 'imageSize'),
    imageQuality: readFact(event, 'imageQuality'),
    searchContextSize: readFact(event, 'searchContextSize'),
    cloud: readFact(event, 'cloud'),
    plan: readFact(event, 'plan'),
  };
}

/** Reads one fact of a call, or what is meant where it says nothing. */
export function readFact(event: CostEvent, name: FactName): string | undefined {
  if (name === 'region') return servedRegion(event);
  const value = event.attributes?.[name];
  return typeof value === 'string' ? value.toLowerCase() : DEFAULTS[name];
}

function servedRegion({ region, kind, model, requestedModel }: CostEvent): string {
  if (region !== undefined && region !== '') return region === NO_REGION ? GLOBAL_REGION : region.toLowerCase();
  const isStore = kind === 'vector' || (model ?? requestedModel ?? '') === '';
  return isStore ? STORE_REGION : GLOBAL_REGION;
}

/** The tier that served the call; a batch object is served as a batch even when nobody says so. */
export function servedTier(event: CostEvent): string {
  const tier = event.serviceTier?.toLowerCase() ?? '';
  if (tier === '' && event.kind === 'batch') return 'batch';
  if (STANDARD_NAMES.has(tier)) return STANDARD_TIER;
  return OTHER_NAMES.get(tier) ?? tier;
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
