import { decodeBody, isFramed, readFrames } from '../wire/index.ts';
import type { Answer } from './exchange.ts';

/** An answer's text: whole, or its beginning and its end, which then are `keptShare` of it. */
export type Body = {
  readonly head: string;
  readonly tail: string;
  readonly isWhole: boolean;
  readonly keptShare: number;
  readonly isStream: boolean;
  /** The last of the text, of about this length. */
  end(length: number): string;
};

/** Makes an answer's bytes a text, as far as somebody asks; undefined when they cannot be decoded. */
export function openBody(answer: Answer): Body | undefined {
  const { received, encoding, header } = answer;
  const read = isFramed(header('content-type')) ? readFrames : readUtf8;
  if (!received.isWhole) return new CutBody(answer, read);
  const bytes = decodeBody(received.joined(), encoding);
  if (bytes === undefined) return undefined;
  const text = read(bytes);
  const isStream = answer.isStream || looksLikeStream(text);
  return { head: text, tail: text, isWhole: true, keptShare: 1, isStream, end: (length) => text.slice(-length) };
}

type ReadBytes = (bytes: Buffer) => string;

class CutBody implements Body {
  readonly isWhole = false;
  readonly keptShare: number;
  readonly #answer: Answer;
  readonly #read: ReadBytes;
  #head: string | undefined;
  #tail: string | undefined;

  constructor(answer: Answer, read: ReadBytes) {
    const { keptBytes, totalBytes } = answer.received;
    this.keptShare = keptBytes / totalBytes;
    this.#answer = answer;
    this.#read = read;
  }

  get head(): string {
    this.#head ??= this.#read(this.#answer.received.head());
    return this.#head;
  }

  get tail(): string {
    this.#tail ??= this.#read(this.#answer.received.tail());
    return this.#tail;
  }

  get isStream(): boolean {
    return this.#answer.isStream || looksLikeStream(this.head);
  }

  end(length: number): string {
    return this.#read === readUtf8 ? readUtf8(this.#answer.received.tail(length)) : this.tail.slice(-length);
  }
}

function readUtf8(bytes: Buffer): string {
  return bytes.toString('utf8');
}

/** Some gateways forget the content type of a stream. */
function looksLikeStream(text: string): boolean {
  return text.startsWith('data:') || text.startsWith('event:');
}
