/** Keeps a number of the app's within what makes sense; what is no number, or less than nothing, is the fallback. */
export function withinBounds(value: unknown, fallback: number, max: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(value, max) : fallback;
}
