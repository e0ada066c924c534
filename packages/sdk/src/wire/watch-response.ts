import type { BodyListener } from './body-listener.ts';
import { coverMethod } from './cover-method.ts';
import { watchStream } from './watch-stream.ts';

/** What a response gives as a whole. */
const WHOLE = ['text', 'arrayBuffer', 'bytes', 'blob', 'formData'];

/**
 * Watches a response's body where it is read. Its own methods are covered too: only in Node do they read by way of the stream's,
 * and asking for the stream unasked would make other runtimes build one that nobody needs.
 */
export function watchResponse(response: object, listener: BodyListener): void {
  // Before it is covered.
  const text: unknown = Reflect.get(response, 'text');
  const tell = (whole: unknown): void => {
    const bytes = bytesOf(whole);
    if (bytes) listener.received(bytes);
    listener.complete();
  };
  for (const name of WHOLE) coverMethod(response, name, (run) => listener.follow({}, run, tell));
  if (typeof text === 'function') {
    coverMethod(response, 'json', () => {
      const reading = listener.follow({}, () => Reflect.apply(text, response, []), tell);
      return reading instanceof Promise ? reading.then(parseJson) : reading;
    });
  }
  coverMethod(response, 'clone', (run) => {
    const copy = run();
    if (typeof copy === 'object' && copy !== null) watchResponse(copy, listener);
    return copy;
  });
  watchBody(response, listener);
}

/** A copy of memory that the app may write over. */
function bytesOf(whole: unknown): Uint8Array | undefined {
  if (typeof whole === 'string') return Buffer.from(whole);
  if (whole instanceof Uint8Array) return whole.slice();
  return whole instanceof ArrayBuffer ? new Uint8Array(whole.slice(0)) : undefined;
}

/** What is no JSON fails with the runtime's own words. */
function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return new Response(String(text)).json();
  }
}

function watchBody(response: object, listener: BodyListener): void {
  const source: unknown = Object.getPrototypeOf(response);
  if (typeof source !== 'object' || source === null || Object.hasOwn(response, 'body')) return;
  const read = (): unknown => Reflect.get(source, 'body', response);
  function get(): unknown {
    const body = read();
    watchStream(body, listener);
    return body;
  }
  Object.defineProperty(response, 'body', { get, configurable: true, enumerable: false });
}
