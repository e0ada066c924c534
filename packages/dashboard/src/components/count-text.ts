import { USAGE_KEYS } from '@llmobserve/protocol';
import type { Usage } from '@llmobserve/protocol';

import { groupDigits } from './money-text.ts';

/** Writes a whole number with grouped digits. */
export function countText(count: number): string {
  return groupDigits(Math.round(count).toString());
}

/** A number with the right form of its noun. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${countText(count)} ${count === 1 ? singular : plural}`;
}

/**
 * Says how long a call took, in the unit that keeps it short.
 *
 * @example durationText(3400) // '3.4 s'
 */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(durationMs / 60_000)} min ${Math.round((durationMs % 60_000) / 1000)} s`;
}

/**
 * Says what a call used: what went in before what came out, unknown kinds last.
 *
 * @example usageText({ input: 1200, output: 90 }) // '1.2k in, 90 out'
 */
export function usageText(usage: Usage | undefined): string {
  if (!usage) return 'not known';
  const words = Object.entries(usage)
    .toSorted(([a], [b]) => placeOf(a) - placeOf(b))
    .filter(([, quantity]) => quantity > 0)
    .map(([key, quantity]) => `${quantityText(quantity)} ${usageWord(key, quantity)}`);
  return words.length === 0 ? 'nothing' : words.slice(0, MAX_WORDS).join(', ');
}

function placeOf(key: string): number {
  const place = USAGE_KEYS.findIndex((known) => known === key);
  return place < 0 ? USAGE_KEYS.length : place;
}

const MAX_WORDS = 3;

const WORDS: Readonly<Record<string, string>> = {
  input: 'in',
  cachedInput: 'cached',
  cacheWrite5m: 'cache write',
  cacheWrite1h: 'cache write, 1 h',
  output: 'out',
  reasoning: 'reasoning',
  audioInput: 'audio in',
  audioOutput: 'audio out',
  imageInput: 'image in',
  imageOutput: 'image out',
};

function usageWord(key: string, quantity: number): string {
  const known = WORDS[key];
  if (known !== undefined) return known;
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return quantity === 1 ? words.replace(/s$/, '') : words;
}

function quantityText(quantity: number): string {
  if (quantity >= 1_000_000) return `${(quantity / 1_000_000).toFixed(1)}M`;
  if (quantity >= 1000) return `${(quantity / 1000).toFixed(1)}k`;
  return Number.isInteger(quantity) ? quantity.toString() : quantity.toFixed(2);
}
