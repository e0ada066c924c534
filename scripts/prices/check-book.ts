import { USAGE_KEYS } from '@llmobserve/protocol';
import type { ModelPrices, PriceBookFile, PriceList, ProviderSection } from '@llmobserve/pricing';

const PRICE = /^\d+(?:\.\d{1,12})?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HOUR = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** No unit of any model has ever cost this much; a price above it is a slip of the unit. */
const HIGHEST_USD = 2500;
const USAGE_KEY_SET: ReadonlySet<string> = new Set(USAGE_KEYS);

/** Lists everything that would make a book price wrongly or not at all. */
export function checkBook(book: PriceBookFile): readonly string[] {
  return book.providers.flatMap((section) => [
    ...checkNames(section),
    ...section.models.flatMap((model) => checkModel(book, section, model)),
  ]);
}

function checkNames({ provider, models }: ProviderSection): readonly string[] {
  const owners = new Map<string, string>();
  return models.flatMap((model) =>
    [model.id, ...(model.aliases ?? [])].flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, model.id);
      if (owner !== undefined) return [`${provider}: ${name} names both ${owner} and ${model.id}`];
      return name === name.toLowerCase() ? [] : [`${provider}: ${name} is not lower case`];
    }),
  );
}

function checkModel(book: PriceBookFile, section: ProviderSection, model: ModelPrices): readonly string[] {
  const problems = model.prices.flatMap((list) => [...checkList(list), ...(book.sources[list.source] ? [] : [`no source ${list.source}`])]);
  return [...problems, ...checkSteps(model), ...checkPlaces(model)].map((problem) => `${section.provider} ${model.id}: ${problem}`);
}

function checkList(list: PriceList): readonly string[] {
  const problems = Object.entries(list.usd).flatMap(([unit, usd]) => {
    if (!USAGE_KEY_SET.has(unit)) return [`${unit} is no usage key`];
    if (!PRICE.test(usd)) return [`${usd} is no price`];
    return Number(usd) > HIGHEST_USD ? [`${usd} for ${unit} is above ${HIGHEST_USD}`] : [];
  });
  const instants = [list.from, list.to].filter((instant) => instant !== undefined && !INSTANT.test(instant));
  const hours = list.when?.hours ? [list.when.hours.from, list.when.hours.to].filter((hour) => !HOUR.test(hour)) : [];
  const isBackwards = list.from !== undefined && list.to !== undefined && list.from >= list.to;
  return [
    ...problems,
    ...instants.map((instant) => `${instant} is no instant`),
    ...hours.map((hour) => `${hour} is no hour`),
    ...(isBackwards ? ['ends before it begins'] : []),
  ];
}

/** A unit with a price by place must have none without, or that would hold where no price is known. */
function checkPlaces({ prices }: ModelPrices): readonly string[] {
  const isPlaced = ({ when }: PriceList): boolean => (when?.region ?? when?.regionOtherThan) !== undefined;
  const placed = new Set(prices.filter(isPlaced).flatMap(({ usd }) => Object.keys(usd)));
  const anywhere = new Set(prices.filter((list) => !isPlaced(list)).flatMap(({ usd }) => Object.keys(usd)));
  return [...placed].filter((unit) => anywhere.has(unit)).map((unit) => `${unit} has prices by place and one for all`);
}

/** A tier that has no prices past a step where the standard tier has must say so, or the cheaper ones would apply. */
function checkSteps({ prices }: ModelPrices): readonly string[] {
  const tiers = new Set(prices.map(({ when }) => when?.serviceTier));
  const steps = new Set(prices.flatMap(({ when }) => (when?.serviceTier === undefined ? (when?.inputAbove ?? []) : [])));
  return [...tiers].flatMap((tier) =>
    [...steps].flatMap((step) => {
      if (tier === undefined || tier === 'any') return [];
      const own = prices.filter(({ when }) => when?.serviceTier === tier);
      const isCovered = own.some(({ when }) => when?.inputAbove === step) || own.every(({ when }) => (when?.inputUpTo ?? Infinity) <= step);
      return isCovered ? [] : [`tier ${tier} does not say what happens above ${step} tokens`];
    }),
  );
}
