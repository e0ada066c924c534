export type SparkPath = { readonly line: string; readonly area: string; readonly end: { readonly x: number; readonly y: number } };

const WIDTH = 76;
const HEIGHT = 22;
const INSET = 3;

/** Draws a sparkline on its own scale: 76 by 22, a dot on the last point. */
export function sparkPath(values: readonly bigint[]): SparkPath {
  const highest = values.reduce((most, value) => (value > most ? value : most), 1n);
  const step = values.length > 1 ? (WIDTH - 5) / (values.length - 1) : 0;
  const points = values.map((value, index) => ({
    x: round(1 + index * step),
    y: round(HEIGHT - INSET - (Number((value * 1000n) / highest) / 1000) * (HEIGHT - 2 * INSET)),
  }));
  const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const end = points.at(-1) ?? { x: 1, y: HEIGHT - INSET };
  return { line, area: `${line}L${end.x} ${HEIGHT}L1 ${HEIGHT}Z`, end };
}

/** What the line does, in a word, for those who do not see it: later half against earlier half. */
export function trendWord(values: readonly bigint[]): 'rising' | 'falling' | 'flat' {
  const middle = Math.floor(values.length / 2);
  const sum = (part: readonly bigint[]): bigint => part.reduce((total, value) => total + value, 0n);
  const before = sum(values.slice(0, middle));
  const after = sum(values.slice(values.length - middle));
  if (after * 100n > before * 105n) return 'rising';
  return after * 100n < before * 95n ? 'falling' : 'flat';
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
