import { isJsonRecord, type JsonRecord, MAX_QUANTITY } from '@llmobserve/protocol';

const NONE: JsonRecord = {};

/** Reads a member that should be an object; anything else is an empty one. */
export function recordIn(record: JsonRecord, name: string): JsonRecord {
  const value = record[name];
  return isJsonRecord(value) ? value : NONE;
}

/** Reads a member that should be a text with something in it. */
export function textIn(record: JsonRecord, name: string): string | undefined {
  const value = record[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads a member that should be a quantity; what no provider can mean counts as not said. */
export function quantityIn(record: JsonRecord, name: string): number | undefined {
  const value = record[name];
  return typeof value === 'number' && value >= 0 && value <= MAX_QUANTITY ? value : undefined;
}

/** Reads a member that should count tokens: whole ones. */
export function tokensIn(record: JsonRecord, name: string): number | undefined {
  const quantity = quantityIn(record, name);
  return quantity === undefined ? undefined : Math.round(quantity);
}

/** Leaves out what is undefined, so that absent is absent. */
export function present<Shape extends object>(members: { readonly [Name in keyof Shape]: Shape[Name] | undefined }): Shape;
export function present(members: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {};
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name];
  return kept;
}
