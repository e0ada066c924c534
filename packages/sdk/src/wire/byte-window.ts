export type WindowLimits = { readonly headBytes: number; readonly tailBytes: number };

/** A piece this many times smaller than the chunk it is cut from is copied, so that the chunk can be freed. */
const COPY_FROM = 4;

/** The first and the last bytes of a body, by reference: what lies between is dropped, so that memory has an edge. */
export class ByteWindow {
  totalBytes = 0;
  readonly #limits: WindowLimits;
  readonly #head: Uint8Array[] = [];
  #headBytes = 0;
  #tail: Uint8Array[] = [];
  #tailBytes = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  push(chunk: Uint8Array): void {
    this.totalBytes += chunk.length;
    const room = Math.min(this.#limits.headBytes - this.#headBytes, chunk.length);
    if (room > 0) {
      this.#head.push(slice(chunk, 0, room));
      this.#headBytes += room;
    }
    if (room === chunk.length) return;
    this.#tail.push(room === 0 ? chunk : chunk.subarray(room));
    this.#tailBytes += chunk.length - room;
    // Not at every chunk: cutting has a price of its own.
    if (this.#tailBytes >= 2 * this.#limits.tailBytes) this.#cutTail();
  }

  get keptBytes(): number {
    return this.#headBytes + this.#tailBytes;
  }

  get isWhole(): boolean {
    return this.totalBytes === this.keptBytes;
  }

  /** Head and tail together: the whole body while `isWhole`. */
  joined(): Buffer {
    return joinPieces(this.#tail.length === 0 ? this.#head : [...this.#head, ...this.#tail]);
  }

  head(): Buffer {
    return joinPieces(this.#head);
  }

  /** The last bytes, all or about so many; they begin in the middle of something unless the body is whole. */
  tail(minBytes: number = Number.POSITIVE_INFINITY): Buffer {
    let first = this.#tail.length;
    for (let bytes = 0; first > 0 && bytes < minBytes; bytes += this.#tail[first]?.length ?? 0) first -= 1;
    return joinPieces(first === 0 ? this.#tail : this.#tail.slice(first));
  }

  #cutTail(): void {
    let surplus = this.#tailBytes - this.#limits.tailBytes;
    let first = 0;
    for (; (this.#tail[first]?.length ?? Infinity) <= surplus; first += 1) surplus -= this.#tail[first]?.length ?? 0;
    const piece = this.#tail[first];
    this.#tail = this.#tail.slice(first);
    if (piece) this.#tail[0] = slice(piece, surplus, piece.length);
    this.#tailBytes = this.#limits.tailBytes;
  }
}

function slice(chunk: Uint8Array, from: number, to: number): Uint8Array {
  if (to - from === chunk.length) return chunk;
  return chunk.length > COPY_FROM * (to - from) ? Buffer.from(chunk.subarray(from, to)) : chunk.subarray(from, to);
}

/** A body in one piece, as most are, is not copied. */
function joinPieces(pieces: readonly Uint8Array[]): Buffer {
  const first = pieces[0];
  if (!first || pieces.length > 1) return Buffer.concat(pieces);
  return Buffer.isBuffer(first) ? first : Buffer.from(first.buffer, first.byteOffset, first.byteLength);
}
