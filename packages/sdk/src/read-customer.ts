import type { CustomerRef, Tags } from '@llmobserve/protocol';
import { fitName } from './fit-name.ts';

/** An event may hold 256 keys in all; a customer takes a small part of them. */
const MAX_TAGS = 50;
const NAMES = ['name', 'user', 'session', 'plan'] as const;

/**
 * Reads whom a call is for out of what the app passed, which untyped code may get wrong.
 *
 * @returns `undefined` when it names nobody.
 */
export function readCustomer(value: unknown): CustomerRef | undefined {
  try {
    return readGiven(value);
  } catch {
    // Such as a getter of the app's that throws: its calls go on, unattributed.
    return undefined;
  }
}

function readGiven(value: unknown): CustomerRef | undefined {
  if (typeof value !== 'object' || value === null) return namedBy(value);
  // Safe because every member is read as unknown.
  const given = value as { readonly [member in keyof CustomerRef]?: unknown };
  const customer = namedBy(given.id);
  if (!customer) return undefined;
  const names = NAMES.flatMap((member): [string, string][] => {
    const name = fitName(given[member]);
    return name === undefined ? [] : [[member, name]];
  });
  const tags = readTags(given.tags);
  return { ...customer, ...Object.fromEntries(names), ...(tags && { tags }) };
}

function namedBy(value: unknown): CustomerRef | undefined {
  const id = fitName(value);
  return id === undefined ? undefined : { id };
}

/** Reads tags; numbers and flags become texts, what is no name is left out. */
export function readTags(value: unknown): Tags | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const tags = Object.entries(value)
    .map(([key, text]) => [fitName(key), fitName(typeof text === 'boolean' ? `${text}` : text)] as const)
    .filter((tag): tag is readonly [string, string] => tag[0] !== undefined && tag[1] !== undefined);
  return tags.length === 0 ? undefined : Object.fromEntries(tags.slice(0, MAX_TAGS));
}
