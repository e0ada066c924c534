import { readFileSync, writeFileSync } from 'node:fs';
import type { PriceBookFile } from '@llmobserve/pricing';
import { buildBook } from './build-book.ts';
import { findJumps } from './find-jumps.ts';
import { formatBook } from './format-book.ts';

const BOOK = new URL('../../packages/pricing/src/book/prices.json', import.meta.url);

const book = await buildBook();
const jumps = findJumps(JSON.parse(readFileSync(BOOK, 'utf8')) as PriceBookFile, book);
const isReviewed = process.argv.includes('--reviewed');

if (jumps.length > 0 && !isReviewed) {
  console.error(`These prices change more than threefold. Check them, then run again with --reviewed:\n${jumps.join('\n')}`);
  process.exitCode = 1;
} else {
  writeFileSync(BOOK, formatBook(book));
  const models = book.providers.reduce((count, section) => count + section.models.length, 0);
  console.log(`Book ${book.version}: ${models} models of ${book.providers.length} providers.`);
}
