import { waitForUpdate, type ConditionalPrice, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices';
import type { HoursWindow, ModelPrices, PriceList, PriceSource, ProviderSection } from '@llmobserve/pricing';
import repository from '../../package.json' with { type: 'json' };
import { readNames } from './read-names.ts';
import { writePrice } from './write-price.ts';

const LIBRARY = '@pydantic/genai-prices';
const LIBRARY_VERSION = repository.devDependencies[LIBRARY];
/** Day the pinned version came out: what it says was looked at by then. */
const LIBRARY_CHECKED = '2026-09-23';

/** How the contract calls providers the library names otherwise. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  aws: 'bedrock',
  'x-ai': 'xai',
  moonshotai: 'moonshot',
  voyageai: 'voyage',
};

/** The contract's usage key of each price key; both count the same number of units, as the names on the left say. */
const UNITS: Readonly<Record<string, string>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cachedInput',
  cache_write_mtok: 'cacheWrite5m',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'audioInput',
  cache_audio_read_mtok: 'audioCachedInput',
  output_audio_mtok: 'audioOutput',
  input_image_mtok: 'imageInput',
  cache_image_read_mtok: 'imageCachedInput',
  output_image_mtok: 'imageOutput',
  audio_hours: 'seconds',
  input_document_kpages: 'pages',
  requests_kcount: 'requests',
  web_searches_kcount: 'webSearches',
};

/** Prices of quantities that events do not carry under a key of the contract, or that repeat another key. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'input_audio_hours',
  'input_video_mtok',
  'output_video_mtok',
  'output_citation_mtok',
  'storage_searches_kcount',
  'input_text_messages_kcount',
  'input_annotated_document_kpages',
]);

/** Reads every provider of the library as a section of the book, with its sources. */
export async function readLibrary(known: Readonly<Record<string, readonly string[]>>): Promise<LibraryPrices> {
  const providers = await waitForUpdate();
  if (!providers) throw new Error('prices: the library holds no prices');
  const sections = providers.map((provider) => readProvider(provider, known));
  const sources = Object.fromEntries(providers.map((provider) => [sourceKey(provider), readSource(provider)]));
  return { sections, sources };
}

export type LibraryPrices = {
  readonly sections: readonly ProviderSection[];
  readonly sources: Readonly<Record<string, PriceSource>>;
};

function readProvider(provider: Provider, known: Readonly<Record<string, readonly string[]>>): ProviderSection {
  const name = nameOf(provider);
  const names = readNames(provider.models, known[name] ?? []);
  const models = provider.models.map((model) => readModel(model, names.get(model) ?? [], sourceKey(provider)));
  const priced = models.filter((model) => model.prices.length > 0);
  const fallback = provider.fallback_model_providers?.map((id) => PROVIDER_NAMES[id] ?? id);
  return fallback ? { provider: name, fallback, models: priced } : { provider: name, models: priced };
}

function nameOf(provider: Provider): string {
  return PROVIDER_NAMES[provider.id] ?? provider.id;
}

function sourceKey(provider: Provider): string {
  return `genai-prices/${nameOf(provider)}`;
}

function readSource(provider: Provider): PriceSource {
  const url = provider.pricing_urls?.[0] ?? 'https://github.com/pydantic/genai-prices';
  return { name: `${LIBRARY} ${LIBRARY_VERSION}`, url, checked: LIBRARY_CHECKED };
}

function readModel(model: ModelInfo, names: readonly string[], source: string): ModelPrices {
  const id = names.includes(model.id.toLowerCase()) ? model.id.toLowerCase() : (names[0] ?? model.id.toLowerCase());
  const aliases = names.filter((name) => name !== id);
  const entries = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  const prices = entries.flatMap((entry, index) =>
    readEntry(entries, index).flatMap((window) => readPrices(entry.prices, { source, ...window })),
  );
  return aliases.length > 0 ? { id, aliases, prices } : { id, prices };
}

type Situation = Pick<PriceList, 'source' | 'from' | 'to' | 'when'>;

/**
 * When an entry of the library holds. There the last entry that applies wins: dates follow one another, and hours
 * that come with dates belong to the newest of them.
 */
function readEntry(entries: readonly ConditionalPrice[], index: number): readonly Omit<Situation, 'source'>[] {
  const constraint = entries[index]?.constraint;
  const dates = entries.flatMap(({ constraint: other }) => (other?.type === 'start_date' ? [instantOf(other.start_date)] : []));
  if (constraint?.type === 'time_of_date') return [withFrom({ when: { hours: hoursOf(constraint) } }, dates.at(-1))];
  const from = constraint ? instantOf(constraint.start_date) : undefined;
  const to = dates.find((date) => date > (from ?? ''));
  return [to === undefined ? withFrom({}, from) : { ...withFrom({}, from), to }];
}

function withFrom(situation: Omit<Situation, 'source'>, from: string | undefined): Omit<Situation, 'source'> {
  return from === undefined ? situation : { ...situation, from };
}

function instantOf(date: string): string {
  return `${date}T00:00:00.000Z`;
}

function hoursOf({ start_time, end_time }: { readonly start_time: string; readonly end_time: string }): HoursWindow {
  if (!start_time.endsWith(':00Z') || !end_time.endsWith(':00Z')) throw new Error(`prices: hours ${start_time} are not whole minutes UTC`);
  return { from: start_time.slice(0, 5), to: end_time.slice(0, 5) };
}

/** One list for the base and one for each context step; a unit without steps costs the same in all. */
function readPrices(prices: ModelPrice, situation: Situation): readonly PriceList[] {
  const units = Object.entries(prices).flatMap(([key, price]) => (price === undefined ? [] : readUnit(key, price)));
  const steps = [...new Set(units.flatMap(({ steps: own }) => own.map(({ start }) => start)))].toSorted((one, other) => one - other);
  const base = listOf(
    units.map(({ unit, base: usd }) => [unit, usd]),
    situation,
  );
  const above = steps.map((start) => {
    const own = units.flatMap(({ unit, steps: all }) =>
      all.filter((step) => step.start === start).map(({ price }) => [unit, price] as const),
    );
    return listOf(own, { ...situation, when: { ...situation.when, inputAbove: start } });
  });
  return [base, ...above].filter((list) => Object.keys(list.usd).length > 0);
}

type UnitPrice = {
  readonly unit: string;
  readonly base: number;
  readonly steps: readonly { readonly start: number; readonly price: number }[];
};

function readUnit(key: string, price: NonNullable<ModelPrice[string]>): readonly UnitPrice[] {
  if (LEFT_OUT.has(key)) return [];
  const unit = UNITS[key];
  if (unit === undefined) throw new Error(`prices: the library prices ${key}, for which no usage key is named`);
  if (typeof price === 'number') return [{ unit, base: price, steps: [] }];
  return [{ unit, base: price.base, steps: price.tiers }];
}

function listOf(units: readonly (readonly [unit: string, usd: number])[], { source, from, to, when }: Situation): PriceList {
  const usd = Object.fromEntries(units.map(([unit, price]) => [unit, writePrice(price)]));
  return { usd, ...(from && { from }), ...(to && { to }), ...(when && { when }), source };
}
