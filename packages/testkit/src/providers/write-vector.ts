import { hashOf } from './write-words.ts';

const DIMENSIONS = 8;

/** Writes a small vector, the same for the same text. */
export function writeVector(text: string): readonly number[] {
  return Array.from({ length: DIMENSIONS }, (_, index) => (hashOf(`${text}:${index}`) % 2000) / 1000 - 1);
}
