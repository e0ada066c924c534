import type { ExchangeEnd, ExchangeWatcher } from './exchange.ts';

type Read = { readonly done: boolean; readonly value?: unknown };
type Leader = { branch?: object };

/**
 * Watches a response's stream where it is read: its readers, iterators and copies, each the object the app would have had.
 * Of several copies only the first one read is listened to.
 */
export function watchStream(stream: ReadableStream<Uint8Array>, watcher: ExchangeWatcher, endOf: (error: unknown) => ExchangeEnd): void {
  const leader: Leader = {};

  /** The app gets a promise that follows the read's own, whose rejection thus stays the app's to handle. */
  function onRead(branch: object, reading: Promise<unknown>): Promise<unknown> {
    leader.branch ??= branch;
    if (leader.branch !== branch) return reading;
    return reading.then(
      (read) => {
        if (isRead(read) && read.value instanceof Uint8Array) watcher.received(read.value);
        if (isRead(read) && read.done) watcher.ended({ how: 'complete' });
        return read;
      },
      (error: unknown) => {
        watcher.ended(endOf(error));
        throw error;
      },
    );
  }

  function onCancel(branch: object): void {
    if (leader.branch === undefined || leader.branch === branch) watcher.ended({ how: 'cancelled' });
  }

  function coverReads(branch: object, reader: object, names: { readonly next: string; readonly cancel: string }): void {
    coverMethod(reader, names.next, (made) => (made instanceof Promise ? onRead(branch, made) : made));
    coverMethod(reader, names.cancel, () => onCancel(branch));
  }

  function coverStream(branch: object): void {
    const reads = { getReader: ['read', 'cancel'], values: ['next', 'return'], [Symbol.asyncIterator]: ['next', 'return'] } as const;
    for (const name of ['getReader', 'values', Symbol.asyncIterator] as const) {
      const [next, cancel] = reads[name];
      coverMethod(branch, name, (made) => {
        if (isObject(made)) coverReads(branch, made, { next, cancel });
      });
    }
    coverMethod(branch, 'tee', (made) => {
      if (Array.isArray(made)) made.filter(isObject).forEach(coverStream);
    });
    coverMethod(branch, 'cancel', () => onCancel(branch));
  }

  coverStream(stream);
}

function isRead(value: unknown): value is Read {
  return isObject(value) && 'done' in value && typeof value.done === 'boolean';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Gives one object its own version of a method, which does the same and then tells what it made; what it is told in return takes its place. */
function coverMethod(target: object, name: string | symbol, tell: (made: unknown) => unknown): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  const value = function covered(this: unknown, ...values: readonly unknown[]): unknown {
    const made: unknown = Reflect.apply(original, this, values);
    return tell(made) ?? made;
  };
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}
