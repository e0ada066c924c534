import type { ExchangeEnd, ExchangeWatcher } from './exchange.ts';

type Read = { readonly done: boolean; readonly value?: unknown };
type Leader = { branch?: object };

/**
 * Watches a response's stream where it is read: its readers, iterators and copies, each the object the app would have had.
 * Of several copies only the first one read is listened to.
 */
export function watchStream(stream: ReadableStream<Uint8Array>, watcher: ExchangeWatcher, endOf: (error: unknown) => ExchangeEnd): void {
  const leader: Leader = {};

  function onRead(branch: object, reading: Promise<unknown>): void {
    leader.branch ??= branch;
    if (leader.branch !== branch) return;
    reading.then(
      (read) => {
        if (!isRead(read)) return;
        if (read.value instanceof Uint8Array) watcher.received(read.value);
        if (read.done) watcher.ended({ how: 'complete' });
      },
      (error: unknown) => watcher.ended(endOf(error)),
    );
  }

  function onCancel(branch: object): void {
    if (leader.branch === undefined || leader.branch === branch) watcher.ended({ how: 'cancelled' });
  }

  function coverReads(branch: object, reader: object, names: { readonly next: string; readonly cancel: string }): void {
    coverMethod(reader, names.next, (made) => {
      if (made instanceof Promise) onRead(branch, made);
    });
    coverMethod(reader, names.cancel, () => onCancel(branch));
  }

  function coverStream(branch: object): void {
    coverMethod(branch, 'getReader', (reader) => isObject(reader) && coverReads(branch, reader, { next: 'read', cancel: 'cancel' }));
    for (const name of ['values', Symbol.asyncIterator] as const) {
      coverMethod(branch, name, (made) => isObject(made) && coverReads(branch, made, { next: 'next', cancel: 'return' }));
    }
    coverMethod(branch, 'tee', (made) => Array.isArray(made) && made.filter(isObject).forEach(coverStream));
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

/** Gives one object its own version of a method, which does the same and then tells what it made. */
function coverMethod(target: object, name: string | symbol, tell: (made: unknown) => unknown): void {
  const original: unknown = Reflect.get(target, name);
  if (typeof original !== 'function') return;
  const value = function covered(this: unknown, ...values: readonly unknown[]): unknown {
    const made: unknown = Reflect.apply(original, this, values);
    tell(made);
    return made;
  };
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}
