import { TextMeter } from './text-meter.ts';

const LINE_FEED = 10;
const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
/** A line that grows beyond this without an end is measured as it stands. */
const MAX_CARRIED_BYTES = 64 * 1024;

/**
 * Measures the words a model wrote, in the raw bytes of its answer: the texts of the members that carry output.
 * It is asked only for what scrolls out of the window and, where the provider tells no usage, for the rest.
 */
export class OutputMeter {
  readonly #keys: readonly string[];
  readonly #text = new TextMeter();
  #carried: Uint8Array | undefined;

  constructor(members: readonly string[]) {
    this.#keys = members.map((name) => `"${name}":`);
  }

  /** True when a member that carries output has something in it. */
  hasOutput(chunk: Uint8Array): boolean {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    return this.#keys.some((key) => {
      for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
        const quote = quoteAfter(text, at + key.length);
        if (quote !== undefined && quote + 1 < text.length && text.charCodeAt(quote + 1) !== QUOTE) return true;
      }
      return false;
    });
  }

  /** Takes the next pieces of a stream; the line that breaks off in them waits for its rest. */
  addBytes(pieces: readonly Uint8Array[]): void {
    const bytes = Buffer.concat(this.#carried ? [this.#carried, ...pieces] : pieces);
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    this.#carried = bytes.subarray(end);
    this.addText(bytes.toString('utf8', 0, end));
    if (this.#carried.length > MAX_CARRIED_BYTES) this.#flush();
  }

  /** Gives the tokens of an answer that was kept whole. */
  count(text: string): number {
    this.addText(text);
    return this.tokens;
  }

  /** Adds the rest of a stream and gives the tokens of all of it. */
  finish(rest: Uint8Array): number {
    this.addBytes([rest]);
    this.#flush();
    return this.tokens;
  }

  addText(text: string): void {
    for (const key of this.#keys) {
      for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
        const quote = quoteAfter(text, at + key.length);
        if (quote !== undefined) this.#text.add(unescape(text.slice(quote + 1, stringEnd(text, quote + 1))));
      }
    }
  }

  get tokens(): number {
    return this.#text.tokens;
  }

  #flush(): void {
    const rest = this.#carried;
    this.#carried = undefined;
    if (rest) this.addText(Buffer.from(rest).toString('utf8'));
  }
}

function quoteAfter(text: string, from: number): number | undefined {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return text.charCodeAt(at) === QUOTE ? at : undefined;
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
