import type { WireDeps } from './exchange.ts';
import { readFetch } from './read-fetch.ts';
import type { FetchCall } from './watch-fetch.ts';

/** Lets a call of fetch carry baggage where that is the one place to add a header; gives any other call back as it came. */
export function addFetchBaggage<Context>(call: FetchCall, deps: WireDeps<Context>): FetchCall {
  try {
    const reading = deps.baggageFor && readFetch(call.values);
    const member = reading && deps.baggageFor?.(reading.request, deps.currentContext());
    if (member === undefined) return call;
    const [input, init] = call.values;
    const others = reading?.request.header('baggage');
    const own = isObject(init) && 'headers' in init ? init.headers : undefined;
    // Safe because fetch reads these headers in the same way.
    const headers = new Headers((own ?? (input instanceof Request ? input.headers : undefined)) as RequestInit['headers']);
    headers.set('baggage', others === undefined ? member : `${others},${member}`);
    return { ...call, values: [input, { ...(isObject(init) ? init : {}), headers }] };
  } catch {
    deps.diagnostics.count('fetch_baggage');
    return call;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
