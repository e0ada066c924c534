import { attempt } from '../attempt.ts';
import { PACKAGE_NAME } from '../package-identity.ts';

/** More than Node takes for all headers of a request. */
const MAX_HEADER_LENGTH = 16_384;

/** Finds the context in a W3C `baggage` header; of several members the last one is ours. */
export function findInBaggage(header: string): string | undefined {
  if (header.length > MAX_HEADER_LENGTH) return undefined;
  const value = header
    .split(',')
    .map((member) => member.split(';', 1).join('').trim())
    .findLast((member) => member.startsWith(`${PACKAGE_NAME}=`))
    ?.slice(PACKAGE_NAME.length + 1);
  // What was broken on the way is found all the same, and cannot be read.
  return value && (attempt(() => decodeURIComponent(value)) ?? value);
}
