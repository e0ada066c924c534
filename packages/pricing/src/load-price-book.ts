import bookFile from './book/prices.json' with { type: 'json' };
import { openPriceBook } from './open-price-book.ts';
import type { PriceBook } from './price-book.ts';

let loaded: PriceBook | undefined;

/**
 * Opens the book that ships with the package; needs no network.
 *
 * @example loadPriceBook().version
 */
export function loadPriceBook(): PriceBook {
  loaded ??= openPriceBook(bookFile);
  return loaded;
}
