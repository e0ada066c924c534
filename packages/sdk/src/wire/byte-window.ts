export type WindowLimits = { readonly headBytes: number; readonly tailBytes: number };

/** A piece this many times larger than the tail is copied out of its chunk, so that the chunk can be freed. */
const COPY_FROM = 4;

/**
 * The first and the last bytes of a body, by reference: what lies between is dropped, so that memory has an edge.
 */
export class ByteWindow {
  totalBytes = 0;
  readonly #limits: WindowLimits;
  readonly #head: Uint8Array[] = [];
  #headBytes = 0;
  #tail: Uint8Array[] = [];
  #tailBytes = 0;
  #droppedBytes = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  push(chunk: Uint8Array): void {
    this.totalBytes += chunk.length;
    const room = this.#limits.headBytes - this.#headBytes;
    if (chunk.length <= room) {
      this.#head.push(chunk);
      this.#headBytes += chunk.length;
      return;
    }
    if (room > 0) {
      this.#head.push(this.#slice(chunk, 0, room));
      this.#headBytes += room;
    }
    this.#pushTail(room > 0 ? chunk.subarray(room) : chunk);
  }

  get isWhole(): boolean {
    return this.#droppedBytes === 0;
  }

  /** Head and tail together: the whole body while `isWhole`. */
  joined(): Buffer {
    return joinPieces(this.#tail.length === 0 ? this.#head : [...this.#head, ...this.#tail]);
  }

  head(): Buffer {
    return joinPieces(this.#head);
  }

  /** The last bytes; they begin in the middle of something unless the body is whole. */
  tail(): Buffer {
    return joinPieces(this.#tail);
  }

  #pushTail(piece: Uint8Array): void {
    this.#tail.push(piece);
    this.#tailBytes += piece.length;
    if (this.#tailBytes < 2 * this.#limits.tailBytes) return;
    let kept = this.#tail.length;
    let keptBytes = 0;
    while (kept > 0 && keptBytes < this.#limits.tailBytes) {
      kept -= 1;
      keptBytes += this.#tail[kept]?.length ?? 0;
    }
    this.#drop(kept, keptBytes);
  }

  #drop(kept: number, keptBytes: number): void {
    const rest = this.#tail.slice(kept);
    const first = rest[0];
    const surplus = keptBytes - this.#limits.tailBytes;
    let leftBytes = keptBytes;
    if (first && first.length > COPY_FROM * this.#limits.tailBytes && surplus > 0) {
      rest[0] = this.#slice(first, surplus, first.length);
      leftBytes -= surplus;
    }
    this.#droppedBytes += this.#tailBytes - leftBytes;
    this.#tail = rest;
    this.#tailBytes = leftBytes;
  }

  #slice(chunk: Uint8Array, from: number, to: number): Uint8Array {
    const piece = chunk.subarray(from, to);
    return chunk.length > COPY_FROM * piece.length ? Buffer.from(piece) : piece;
  }
}

/** A body in one piece, as most are, is not copied. */
function joinPieces(pieces: readonly Uint8Array[]): Buffer {
  const [first] = pieces;
  return first && pieces.length === 1 ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(pieces);
}
