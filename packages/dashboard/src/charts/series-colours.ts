import type { SeriesColour } from './stack.ts';

const PALETTE = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies readonly SeriesColour[];

/**
 * Gives names their colours, dearest first; a name keeps the colour it has had, and only free ones are handed out.
 *
 * @returns the colours of all names seen so far, the new ones included
 */
export function assignColours(known: ReadonlyMap<string, SeriesColour>, shown: readonly string[]): ReadonlyMap<string, SeriesColour> {
  const colours = new Map(known);
  const taken = new Set(shown.flatMap((name) => colours.get(name) ?? []));
  for (const name of shown) {
    if (colours.has(name)) continue;
    const colour = PALETTE.find((one) => !taken.has(one)) ?? 'other';
    taken.add(colour);
    colours.set(name, colour);
  }
  return dropClashes(colours, shown);
}

/** Two names on screen never share a colour: the dearer one keeps it. */
function dropClashes(colours: Map<string, SeriesColour>, shown: readonly string[]): ReadonlyMap<string, SeriesColour> {
  const taken = new Set<SeriesColour>();
  for (const name of shown) {
    const colour = colours.get(name) ?? 'other';
    const own = taken.has(colour) ? (PALETTE.find((one) => !taken.has(one)) ?? 'other') : colour;
    colours.set(name, own);
    taken.add(own);
  }
  return colours;
}

/** The token a colour stands for. */
export function colourToken(colour: SeriesColour): string {
  return `var(--c${colour === 'other' ? '-other' : colour})`;
}
