import type { BodyListener } from './body-listener.ts';
import { coverMethod } from './cover-method.ts';

const READS = { getReader: 'read', values: 'next', [Symbol.asyncIterator]: 'next' } as const;
const watched = new WeakSet<object>();

/** Watches a stream where it is read: its readers, iterators, pipes and copies, each the object the app would have had. */
export function watchStream(stream: object, listener: BodyListener): void {
  if (watched.has(stream)) return;
  watched.add(stream);

  for (const door of ['getReader', 'values', Symbol.asyncIterator] as const) {
    coverMethod(
      stream,
      door,
      (original) =>
        function covered(...values) {
          const reader: unknown = Reflect.apply(original, this, values);
          if (isObject(reader)) watchReads(reader, READS[door], { stream, listener });
          return reader;
        },
    );
  }
  coverMethod(
    stream,
    'tee',
    (original) =>
      function tee(...values) {
        const copies: unknown = Reflect.apply(original, this, values);
        if (Array.isArray(copies)) for (const copy of copies) if (isObject(copy)) watchStream(copy, listener);
        return copies;
      },
  );
  for (const name of ['pipeThrough', 'pipeTo']) {
    coverMethod(
      stream,
      name,
      (original) =>
        function pipe(...values) {
          return Reflect.apply(original, relay(this, values[1]) ?? this, values);
        },
    );
  }
  coverCancel(stream, 'cancel', { stream, listener });
}

type Source = { readonly stream: object; readonly listener: BodyListener };

function watchReads(reader: object, name: 'read' | 'next', { stream, listener }: Source): void {
  coverMethod(
    reader,
    name,
    (original) =>
      function read(...values) {
        const reading: unknown = Reflect.apply(original, this, values);
        if (!listener.hears(stream)) return reading;
        return listener.follow(reading, (result) => {
          if (!isObject(result)) return;
          const value: unknown = Reflect.get(result, 'value');
          // Who reads into memory of its own will write over it.
          listener.received(values[0] instanceof Uint8Array && value instanceof Uint8Array ? value.slice() : value);
          if (Reflect.get(result, 'done') === true) listener.complete();
        });
      },
  );
  coverCancel(reader, name === 'read' ? 'cancel' : 'return', { stream, listener });
}

function coverCancel(target: object, name: 'cancel' | 'return', { stream, listener }: Source): void {
  coverMethod(
    target,
    name,
    (original) =>
      function cancel(...values) {
        listener.cancel(stream);
        return Reflect.apply(original, this, values);
      },
  );
}

/** A pipe reads past every method, so it is given a stream that hands each chunk on when it is asked for one. */
function relay(stream: unknown, options: unknown): ReadableStream | undefined {
  // With this setting the rest stays for somebody else to read.
  if (!(stream instanceof ReadableStream) || stream.locked || (isObject(options) && Reflect.get(options, 'preventCancel') === true))
    return undefined;
  const reader = stream.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
