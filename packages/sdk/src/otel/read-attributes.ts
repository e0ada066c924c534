/** A span's attributes, as any instrumentation may have set them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Finds the first of these attributes that is a number a call can have used. */
export function readNumber(attributes: Attributes, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  }
  return undefined;
}

/** Finds the first of these attributes that says something. */
export function readText(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}
