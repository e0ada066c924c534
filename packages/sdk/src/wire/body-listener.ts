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

  /** True when this copy is the one; the first to ask is. */
  hears(copy: object): boolean {
    this.#first ??= copy;
    return this.#first === copy;
  }

  received(bytes: unknown): void {
    if (bytes instanceof Uint8Array) this.#watcher.received(bytes);
  }

  complete(): void {
    this.#watcher.ended({ how: 'complete' });
  }

  /** Somebody walked away from a copy. */
  cancel(copy: object): void {
    if (this.#first === undefined || this.#first === copy) this.#watcher.ended({ how: 'cancelled' });
  }

  /** The app gets a promise that follows the one it would have had, whose rejection thus stays the app's to handle. */
  follow(made: unknown, tell: (value: unknown) => void): unknown {
    if (!(made instanceof Promise)) return made;
    return made.then(
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
