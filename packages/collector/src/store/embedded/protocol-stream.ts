import { Duplex } from 'node:stream';

/** Where the bytes of a connection go, and how the answers come back. */
export type ProtocolLink = {
  /** Begins the connection. */
  open(listener: {
    /** The engine takes whole protocol messages from now on. */
    onOpen(send: (bytes: Uint8Array) => void): void;
    /** What it answers. */
    onBytes(bytes: Uint8Array): void;
    onEnd(error: Error): void;
  }): void;
  close(): void;
};

const QUERY = 'Q'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
/** The first message of a connection has no type; its length comes first, and no message is 16 MB long. */
const STARTUP = 0;
const ENDS_A_TURN: ReadonlySet<number | undefined> = new Set([QUERY, SYNC, FLUSH, STARTUP]);

/** A socket, as `pg` wants one, whose other end is the embedded engine. */
export class ProtocolStream extends Duplex {
  readonly #link: ProtocolLink;
  #turn: Buffer[] = [];
  #send: (bytes: Uint8Array) => void = () => {};

  constructor(link: ProtocolLink) {
    super();
    this.#link = link;
  }

  connect(): this {
    this.#link.open({
      onOpen: (send) => {
        this.#send = send;
        this.emit('connect');
      },
      onBytes: (bytes) => this.push(bytes),
      onEnd: (error) => this.destroy(error),
    });
    return this;
  }

  /** pg writes message by message; a turn goes over as one, because each crossing of threads costs. */
  override _write(message: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (message[0] === TERMINATE) {
      this.push(null);
      this.destroy();
      return done();
    }
    this.#turn.push(message);
    if (ENDS_A_TURN.has(message[0])) {
      const bytes = this.#turn.length === 1 ? message : Buffer.concat(this.#turn);
      this.#turn = [];
      this.#send(bytes);
    }
    done();
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#link.close();
    done(error);
  }

  // What pg asks of a socket and a thread has no use for.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
