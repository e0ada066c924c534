import type { JsonRecord } from '@llmobserve/protocol';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;
const COLON = 58;

/**
 * Reads only the wanted members of a JSON object, skipping the rest unparsed: an answer with a megabyte of vectors costs
 * a walk over its brackets. A text that breaks off gives the members that stand whole in it.
 */
export function readMembers(text: string, wanted: readonly string[]): JsonRecord {
  const found: Record<string, unknown> = {};
  let left = wanted.length;
  walkMembers(text, (at, start, end) => {
    const name = nameAt(text, at, wanted);
    if (name === undefined) return true;
    const value = parseJson(text.slice(start, end));
    if (value !== undefined) found[name] = value;
    left -= 1;
    return left > 0;
  });
  return found;
}

/** The name is compared in place: a piece of a text makes a slow key. */
function nameAt(text: string, at: number, wanted: readonly string[]): string | undefined {
  for (let i = 0; i < wanted.length; i += 1) {
    const name = wanted[i] ?? '';
    if (text.charCodeAt(at + name.length) === QUOTE && text.startsWith(name, at)) return name;
  }
  return undefined;
}

/** Lists the names of a JSON object's members, as far as the text goes, without reading a value. */
export function listMembers(text: string): readonly string[] {
  const names: string[] = [];
  walkMembers(text, (at) => names.push(text.slice(at, skipString(text, at - 1) - 1)) > 0);
  return names;
}

/** Finds the last object that is a member of this name anywhere in a text that may begin and end anywhere. */
export function findLastObject(text: string, name: string): unknown {
  return findLast(text, name, OPEN_BRACE);
}

/** Finds the last text that is a member of this name, in the same way. */
export function findLastText(text: string, name: string): string | undefined {
  const value = findLast(text, name, QUOTE);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Lists all objects that are members of this name anywhere in a text, in order. */
export function listObjects(text: string, name: string): readonly unknown[] {
  const objects: unknown[] = [];
  const key = `"${name}"`;
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
    const start = afterColon(text, at + key.length);
    if (start !== undefined && text.charCodeAt(start) === OPEN_BRACE) objects.push(parseJson(text.slice(start, skipValue(text, start))));
  }
  return objects;
}

function findLast(text: string, name: string, first: number): unknown {
  const key = `"${name}"`;
  for (let at = text.lastIndexOf(key); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(key, at - 1)) {
    const start = afterColon(text, at + key.length);
    if (start === undefined || text.charCodeAt(start) !== first) continue;
    const value = parseJson(text.slice(start, skipValue(text, start)));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Parses JSON; undefined when it is none. */
export function parseJson(text: string): unknown {
  // Most members are plain texts, which need no parser.
  if (text.charCodeAt(0) === QUOTE && text.indexOf('"', 1) === text.length - 1 && !text.includes('\\')) return text.slice(1, -1);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Told where a member's name begins, and its value begins and ends; false when nothing more is wanted. */
type Visit = (name: number, start: number, end: number) => boolean;

/** Tells each member of the object that the text begins with until `visit` has enough. A member whose value has begun counts. */
function walkMembers(text: string, visit: Visit): void {
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_BRACE) return;
  at = skipSpace(text, at + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = skipString(text, at);
    const start = afterColon(text, nameEnd);
    if (start === undefined || start >= text.length) return;
    const end = skipValue(text, start);
    if (!visit(at + 1, start, end)) return;
    at = skipSpace(text, end);
    if (text.charCodeAt(at) !== COMMA) return;
    at = skipSpace(text, at + 1);
  }
}

function afterColon(text: string, from: number): number | undefined {
  const colon = skipSpace(text, from);
  return text.charCodeAt(colon) === COLON ? skipSpace(text, colon + 1) : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** Ends behind the closing quote, or at the end of a text that breaks off. */
function skipString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function skipValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return skipString(text, start);
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return skipScalar(text, start);
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function skipScalar(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || isSpace(code)) break;
    at += 1;
  }
  return at;
}
