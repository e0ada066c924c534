import { isJsonRecord, type CustomerRef, type Tags } from '@llmobserve/protocol';
import { attempt } from './attempt.ts';
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
  return attempt(() => customerOf(value));
}

/** Reads the first tags; numbers and flags become texts, what is no name is left out. */
export function readTags(value: unknown): Tags | undefined {
  return attempt(() => tagsOf(value));
}

function customerOf(value: unknown): CustomerRef | undefined {
  const given = isJsonRecord(value) ? value : undefined;
  const id = fitName(given ? given['id'] : value);
  if (id === undefined) return undefined;
  // Done for every call of many apps.
  if (!given) return { id };
  const named: Record<string, string> = {};
  for (const member of NAMES) {
    const name = fitName(given[member]);
    if (name !== undefined) named[member] = name;
  }
  const tags = tagsOf(given['tags']);
  return { id, ...named, ...(tags && { tags }) };
}

function tagsOf(value: unknown): Tags | undefined {
  if (!isJsonRecord(value)) return undefined;
  const given = Object.entries(value).slice(0, MAX_TAGS);
  const tags = given.flatMap(([key, tag]): [string, string][] => {
    const [name, text] = [fitName(key), fitName(typeof tag === 'boolean' ? String(tag) : tag)];
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
  return tags.length === 0 ? undefined : Object.fromEntries(tags);
}
