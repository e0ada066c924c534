import { findOperation, type Found } from '../providers/index.ts';
import type { WireRequest } from '../wire/index.ts';

/** An app calls few places, again and again; one whose paths all differ only makes this forget. */
const MAX_PLACES = 500;

export type OperationFinder = (request: WireRequest) => Found | undefined;

/** Finds which call a request is, and remembers it by the request's place where headers had no say. */
export function rememberOperations(settings: Readonly<Record<string, string>>): OperationFinder {
  const places = new Map<string, Found | undefined>();

  return (request) => {
    const { method, host, path } = request;
    const place = `${method} ${host}${path}`;
    const known = places.get(place);
    if (known || places.has(place)) return known;
    let hasReadHeaders = false;
    const header = (name: string): string | undefined => {
      hasReadHeaders = true;
      return request.header(name);
    };
    const found = findOperation({ method, host, path, header }, settings);
    if (places.size >= MAX_PLACES) places.clear();
    if (!hasReadHeaders) places.set(place, found);
    return found;
  };
}
