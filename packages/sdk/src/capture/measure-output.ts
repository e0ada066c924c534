const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;

/** True when a member that carries output has something in it. */
export function hasOutput(text: string, members: readonly string[]): boolean {
  return members.some((name) => {
    for (let quote = nextText(text, name, 0); quote !== undefined; quote = nextText(text, name, quote)) {
      if (quote + 1 < text.length && text.charCodeAt(quote + 1) !== QUOTE) return true;
    }
    return false;
  });
}

/** Finds the texts of these members wherever they stand in JSON, in a stream of it, or in a part of either. */
export function* textsIn(text: string, members: readonly string[]): Generator<string> {
  for (const name of members) {
    for (let quote = nextText(text, name, 0); quote !== undefined; quote = nextText(text, name, quote)) {
      yield unescape(text.slice(quote + 1, stringEnd(text, quote + 1)));
    }
  }
}

/** Finds the opening quote of the next member of this name whose value is a text. */
function nextText(text: string, name: string, from: number): number | undefined {
  const key = `"${name}":`;
  for (let at = text.indexOf(key, from); at >= 0; at = text.indexOf(key, at + key.length)) {
    let quote = at + key.length;
    while (text.charCodeAt(quote) === SPACE) quote += 1;
    if (text.charCodeAt(quote) === QUOTE) return quote;
  }
  return undefined;
}

function stringEnd(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function unescape(literal: string): string {
  if (!literal.includes('\\')) return literal;
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return literal;
  }
}
