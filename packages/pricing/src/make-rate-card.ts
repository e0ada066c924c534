import { hashText } from './hash-text.ts';
import type { PriceSource } from './price-list.ts';
import type { Rate, RateCard } from './rate-card.ts';
import type { PriceRow } from './read-price-rows.ts';

const FEMTO_DECIMALS = 15;
const DECIMAL = /^(\d+)(?:\.(\d{1,15}))?$/;
/** Units that cost as much as another where the book has no row of their own. */
const PRICED_AS: readonly (readonly [unit: string, as: string])[] = [['reasoning', 'output']];

/** Makes the card of one situation from the rows that apply; equal rows give an equal card with an equal id. */
export function makeRateCard(rows: readonly PriceRow[], book: CardBook): RateCard {
  const rates = rows.map((row) => toRate(row, book.sources[row.source]));
  for (const [unit, as] of PRICED_AS) {
    const model = rates.find((rate) => rate.unit === as);
    if (model && !rates.some((rate) => rate.unit === unit)) rates.push({ ...model, unit });
  }
  rates.sort((one, other) => (one.unit < other.unit ? -1 : 1));
  return { id: cardId(book.version, rates), bookVersion: book.version, rates };
}

/** What a card needs to know of its book. */
export type CardBook = { readonly version: string; readonly sources: Readonly<Record<string, PriceSource>> };

function toRate(row: PriceRow, source: PriceSource | undefined): Rate {
  const rate = { unit: row.unit, rateFemtoUsd: readFemtoUsd(row.usd), per: row.per, source: nameSource(source) };
  const dated = row.from === undefined ? rate : { ...rate, validFrom: row.from };
  return row.atLeast === undefined ? dated : { ...dated, atLeast: row.atLeast };
}

function nameSource(source: PriceSource | undefined): string {
  return source ? `${source.name}, ${source.url}, checked ${source.checked}` : '';
}

/**
 * Reads a price in USD as femto-dollars, exactly.
 *
 * @throws RangeError when the text is no plain decimal of at most 15 places: a price must never be rounded.
 */
function readFemtoUsd(usd: string): bigint {
  const match = DECIMAL.exec(usd);
  if (!match) throw new RangeError(`pricing: ${usd} is no price in USD with at most ${FEMTO_DECIMALS} decimals`);
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole + fraction.padEnd(FEMTO_DECIMALS, '0'));
}

function cardId(bookVersion: string, rates: readonly Rate[]): string {
  const lines = rates.map((rate) =>
    [rate.unit, rate.rateFemtoUsd, rate.per, rate.source, rate.validFrom ?? '', rate.atLeast ?? ''].join('\t'),
  );
  return hashText([bookVersion, ...lines].join('\n'));
}
