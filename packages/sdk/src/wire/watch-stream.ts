import type { BodyListener } from './body-listener.ts';
import { coverMethod } from './cover-method.ts';

/** What gives a reader, how the reader reads, and how it leaves. */
const DOORS = [
  ['getReader', 'read', 'cancel'],
  ['values', 'next', 'return'],
  [Symbol.asyncIterator, 'next', 'return'],
] as const;
const watched = new WeakSet<object>();

/** Watches a stream where it is read: its readers, iterators, pipes and copies, each the object the app would have had. */
export function watchStream(stream: unknown, listener: BodyListener): void {
  if (!isObject(stream) || watched.has(stream)) return;
  watched.add(stream);
  const cancel = (run: () => unknown): unknown => {
    listener.cancel(stream);
    return run();
  };

  for (const [door, next, leave] of DOORS) {
    coverMethod(stream, door, (open) => {
      const reader = open();
      if (!isObject(reader)) return reader;
      coverMethod(reader, next, (read, values) => listener.follow(stream, read, (result) => tellRead(result, values[0])));
      coverMethod(reader, leave, cancel);
      return reader;
    });
  }
  coverMethod(stream, 'tee', (run) => {
    const copies = run();
    if (Array.isArray(copies)) for (const copy of copies) watchStream(copy, listener);
    return copies;
  });
  for (const pipe of ['pipeThrough', 'pipeTo']) coverMethod(stream, pipe, (run, values) => run(relay(stream, values[1])));
  coverMethod(stream, 'cancel', cancel);

  function tellRead(result: unknown, memory: unknown): void {
    if (!isObject(result)) return;
    const value: unknown = Reflect.get(result, 'value');
    // Who reads into memory of its own will write over it.
    if (value instanceof Uint8Array) listener.received(memory === undefined ? value : value.slice());
    if (Reflect.get(result, 'done') === true) listener.complete();
  }
}

/** A pipe reads past every method, so it is given a stream that hands each chunk on when it is asked for one. */
function relay(stream: object, options: unknown): ReadableStream | undefined {
  // With that setting the rest stays for somebody else to read.
  const staysOpen = isObject(options) && Reflect.get(options, 'preventCancel') === true;
  if (!(stream instanceof ReadableStream) || stream.locked || staysOpen) return undefined;
  const reader: ReadableStreamDefaultReader<unknown> = stream.getReader();
  return new ReadableStream<unknown>(
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
