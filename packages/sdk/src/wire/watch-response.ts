import type { BodyListener } from './body-listener.ts';
import { coverMethod } from './cover-method.ts';
import { watchStream } from './watch-stream.ts';

/** What a response gives at once, as the bytes it came from; the app may write over those it gets. */
const WHOLE: Readonly<Record<string, (value: unknown) => Uint8Array | undefined>> = {
  text: (value) => (typeof value === 'string' ? Buffer.from(value) : undefined),
  arrayBuffer: (value) => (value instanceof ArrayBuffer ? new Uint8Array(value.slice(0)) : undefined),
  bytes: (value) => (value instanceof Uint8Array ? value.slice() : undefined),
  blob: () => undefined,
  formData: () => undefined,
};

/**
 * Watches a response's body where it is read. Its own methods are covered too: only in Node do they read by way of the stream's,
 * and asking for the stream unasked would make other runtimes build one that nobody needs.
 */
export function watchResponse(response: object, listener: BodyListener): void {
  // Before any of them is covered.
  const text: unknown = Reflect.get(response, 'text');
  for (const [name, bytesOf] of Object.entries(WHOLE)) {
    coverMethod(response, name, (original) => (...values) => {
      // Asked before the reading begins, which in Node goes on to the stream.
      const isHeard = listener.hears({});
      const reading: unknown = Reflect.apply(original, response, values);
      return isHeard ? listener.follow(reading, (value) => tellWhole(listener, bytesOf(value))) : reading;
    });
  }
  coverMethod(response, 'json', (original) => (...values) => {
    if (typeof text !== 'function' || !listener.hears({})) return Reflect.apply(original, response, values);
    const reading: unknown = Reflect.apply(text, response, []);
    const followed = listener.follow(reading, (value) => tellWhole(listener, WHOLE['text']?.(value)));
    return followed instanceof Promise ? followed.then(parseJson) : followed;
  });
  coverMethod(response, 'clone', (original) => (...values) => {
    const copy: unknown = Reflect.apply(original, response, values);
    if (typeof copy === 'object' && copy !== null) watchResponse(copy, listener);
    return copy;
  });
  watchBody(response, listener);
}

function tellWhole(listener: BodyListener, bytes: Uint8Array | undefined): void {
  listener.received(bytes);
  listener.complete();
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
  const source = Object.getOwnPropertyDescriptor(response, 'body') ? undefined : Object.getPrototypeOf(response);
  function body(): unknown {
    const stream: unknown = Reflect.get(source, 'body', response);
    if (typeof stream === 'object' && stream !== null) watchStream(stream, listener);
    return stream;
  }
  if (source) Object.defineProperty(response, 'body', { get: body, configurable: true, enumerable: false });
}
