import type { PriceBookFile, PriceList } from '@llmobserve/pricing';

const LARGEST_FACTOR = 3;

/** Lists prices that differ more than threefold between two books: such a change is held until a person has looked at it. */
export function findJumps(before: PriceBookFile, after: PriceBookFile): readonly string[] {
  const old = new Map(priceEntries(before));
  return priceEntries(after).flatMap(([name, usd]) => {
    const was = old.get(name);
    return was !== undefined && isJump(was, usd) ? [`${name}: ${was} → ${usd}`] : [];
  });
}

/** Every price under a name that says which one it is. */
function priceEntries(book: PriceBookFile): readonly (readonly [name: string, usd: number])[] {
  return book.providers.flatMap(({ provider, models }) =>
    models.flatMap((model) =>
      model.prices.flatMap((list) =>
        Object.entries(list.usd).map(([unit, usd]) => [`${provider} ${model.id} ${unit}${situationOf(list)}`, Number(usd)] as const),
      ),
    ),
  );
}

function situationOf({ from, when }: PriceList): string {
  return `${from === undefined ? '' : ` from ${from}`}${when === undefined ? '' : ` when ${JSON.stringify(when)}`}`;
}

function isJump(was: number, is: number): boolean {
  if (was === 0 || is === 0) return was !== is;
  return Math.max(was, is) / Math.min(was, is) > LARGEST_FACTOR;
}
