import type { ExchangeEnd, ExchangeWatcher } from './exchange.ts';

/** One body with all its copies: the first that is read is listened to. open → ended. */
export class BodyListener {
  readonly #watcher: ExchangeWatcher;
  readonly #endOf: (error: unknown) => ExchangeEnd;
  #first: object | undefined;

  constructor(watcher: ExchangeWatcher, endOf: (error: unknown) => ExchangeEnd) {
    this.#watcher = watcher;
    this.#endOf = endOf;
  }

  received(bytes: Uint8Array): void {
    this.#watcher.received(bytes);
  }

  complete(): void {
    this.#watcher.ended({ how: 'complete' });
  }

  /** Somebody walked away from a copy. */
  cancel(copy: object): void {
    if (this.#first === undefined || this.#first === copy) this.#watcher.ended({ how: 'cancelled' });
  }

  /**
   * Reads from a copy. The app gets a promise that follows the one it would have had, whose rejection thus stays the app's to
   * handle.
   */
  follow(copy: object, read: () => unknown, tell: (value: unknown) => void): unknown {
    // Decided before the reading begins, which in Node goes on to the stream beneath.
    this.#first ??= copy;
    const isHeard = this.#first === copy;
    const reading = read();
    if (!isHeard || !(reading instanceof Promise)) return reading;
    return reading.then(
      (value: unknown) => {
        tell(value);
        return value;
      },
      (error: unknown) => {
        this.#watcher.ended(this.#endOf(error));
        throw error;
      },
    );
  }
}
