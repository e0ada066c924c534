import type { WireRequest } from './exchange.ts';

export type FetchReading = {
  readonly request: WireRequest;
  readonly signal: AbortSignal | undefined;
  /** What is sent, where it can be had without taking it from the request. */
  body(): Uint8Array | undefined;
};

/** Reads what a fetch is called with; undefined when that is no request. A request object may be of any library. */
export function readFetch([input, options]: readonly unknown[]): FetchReading | undefined {
  const href = typeof input === 'string' || input instanceof URL ? input : memberOf(input, 'url');
  if (typeof href !== 'string' && !(href instanceof URL)) return undefined;
  const { host, pathname: path } = new URL(href);
  const read = (name: string): unknown => memberOf(options, name) ?? memberOf(input, name);
  const [method, signal] = [read('method'), read('signal')];
  let headers: Headers | undefined;
  return {
    request: {
      method: typeof method === 'string' ? method.toUpperCase() : 'GET',
      host,
      path,
      header(name) {
        // Safe because headers that cannot be read here cannot be sent either.
        headers ??= new Headers(read('headers') as RequestInit['headers']);
        return headers.get(name) ?? undefined;
      },
    },
    signal: signal instanceof AbortSignal ? signal : undefined,
    body: () => bytesOf(memberOf(options, 'body')),
  };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A stream is the request's own; only what can be read again is looked at. */
function bytesOf(body: unknown): Uint8Array | undefined {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return body instanceof FormData ? Buffer.from(writeFields(body)) : undefined;
}

/** A form much as it will be sent, save the bytes of its files. */
function writeFields(form: FormData): string {
  const fields = [...form].map(([name, value]) => `name="${name}"\r\n\r\n${typeof value === 'string' ? value : ''}\r\n--`);
  return `--${fields.join('')}`;
}
