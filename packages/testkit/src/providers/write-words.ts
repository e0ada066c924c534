import { isJsonRecord, type JsonRecord } from '@llmobserve/protocol';
import { listOf } from './read-members.ts';

const WORDS =
  'the ledger shows what each customer costs and why a run was dear because its agent asked again for every page it could find ' +
  'so cheaper models answer first while larger ones wait until the question is hard — naïve café prices in € stay exact';
const VOCABULARY: readonly string[] = WORDS.split(' ');
const MAX_SCHEMA_DEPTH = 8;

/** Hashes text to 32 bits (FNV-1a), so that the same request always gets the same answer. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Writes so many words, the same for the same hash. */
export function writeWords(hash: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => VOCABULARY[(hash + index * 7) % VOCABULARY.length] ?? 'word');
}

/** Writes so many words as the pieces of a text: all but the first begin with a space. */
export function writePieces(hash: number, count: number): readonly string[] {
  return writeWords(hash, count).map((word, index) => (index === 0 ? word : ` ${word}`));
}

/** Splits a text into such pieces. */
export function splitWords(text: string): readonly string[] {
  return text.match(/\s*\S+/g) ?? [];
}

/** Writes a value that a JSON schema accepts; enough of JSON schema for what structured outputs allow. */
export function writeJsonFor(schema: unknown, hash: number): unknown {
  return writeValue({ root: isJsonRecord(schema) ? schema : {}, hash }, schema, 0);
}

type Writing = { readonly root: JsonRecord; readonly hash: number };

function writeValue(writing: Writing, schema: unknown, depth: number): unknown {
  if (!isJsonRecord(schema) || depth > MAX_SCHEMA_DEPTH) return null;
  if (typeof schema['$ref'] === 'string') return writeValue(writing, resolveRef(writing.root, schema['$ref']), depth + 1);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return listOf(schema['enum'])[writing.hash % schema['enum'].length];
  if (Array.isArray(schema['anyOf'])) return writeValue(writing, schema['anyOf'][0], depth + 1);
  const [type] = [schema['type']].flat();
  if (type === 'object') {
    const properties = isJsonRecord(schema['properties']) ? schema['properties'] : {};
    return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, writeValue(writing, part, depth + 1)]));
  }
  if (type === 'array') return [writeValue(writing, schema['items'], depth + 1)];
  if (type === 'integer' || type === 'number') return writing.hash % 100;
  if (type === 'boolean') return writing.hash % 2 === 0;
  return type === 'string' ? writeWords(writing.hash + depth, 2).join(' ') : null;
}

/** Only references into the schema itself, such as `#/$defs/step`. */
function resolveRef(root: JsonRecord, ref: string): unknown {
  let place: unknown = root;
  for (const name of ref.split('/').slice(1)) place = isJsonRecord(place) ? place[name] : undefined;
  return place;
}
