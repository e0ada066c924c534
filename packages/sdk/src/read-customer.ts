import { isJsonRecord, type CustomerRef, type Tags } from '@llmobserve/protocol';
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

/** Reads tags; numbers and flags become texts, what is no name is left out. */
export function readTags(value: unknown): Tags | undefined {
  return attempt(() => tagsOf(value));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Such as a getter of the app's that throws: its calls go on, unattributed.
    return undefined;
  }
}

function customerOf(value: unknown): CustomerRef | undefined {
  const given = isJsonRecord(value) ? value : { id: value };
  const id = fitName(given['id']);
  if (id === undefined) return undefined;
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
  const tags = Object.entries(value).flatMap(([key, given]): [string, string][] => {
    const [name, text] = [fitName(key), fitName(typeof given === 'boolean' ? String(given) : given)];
    return name === undefined || text === undefined ? [] : [[name, text]];
  });
  return tags.length === 0 ? undefined : Object.fromEntries(tags.slice(0, MAX_TAGS));
}
