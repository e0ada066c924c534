import bookFile from './book/prices.json' with { type: 'json' };
import { openPriceBook } from './open-price-book.ts';
import type { PriceBook } from './price-book.ts';
import type { PriceBookFile } from './price-list.ts';

let loaded: PriceBook | undefined;

/**
 * Opens the book that ships with the package; needs no network.
 *
 * @example loadPriceBook().version
 */
export function loadPriceBook(): PriceBook {
  // Safe because a test proves that the file is what the build script writes from a book of this type.
  loaded ??= openPriceBook(bookFile as PriceBookFile);
  return loaded;
}
