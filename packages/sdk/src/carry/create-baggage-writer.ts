import { PACKAGE_NAME } from '../package-identity.ts';
import type { Scope } from '../runtime.ts';
import { writeContext } from './write-context.ts';

/** The head of a request as far as it matters here. */
export type OutgoingRequest = { readonly host: string; readonly header: (name: string) => string | undefined };

/** Gives the member to add to a request's `baggage`, if any. */
export type BaggageWriter = (request: OutgoingRequest, scope: Scope | undefined) => string | undefined;

export type BaggageWriterDeps = {
  /** Lower-case hosts, or `*.suffix`. */
  readonly propagateTo: readonly string[];
  readonly fault: (cause: string, message: string) => void;
};

/** The bounds of W3C Baggage, for the header as a whole. */
const MAX_BYTES = 8192;
const MAX_MEMBERS = 180;

/** Tells the services that were named whom a request is for, and nobody else. */
export function createBaggageWriter({ propagateTo, fault }: BaggageWriterDeps): BaggageWriter | undefined {
  if (propagateTo.length === 0) return undefined;
  return (request, scope) => {
    if (!propagateTo.some((pattern) => isNamed(request.host, pattern))) return undefined;
    const { text } = writeContext(scope);
    if (text === '') return undefined;
    const member = `${PACKAGE_NAME}=${encodeURIComponent(text)}`;
    const others = request.header('baggage') ?? '';
    const isFitting = others.length + 1 + member.length <= MAX_BYTES && others.split(',').length < MAX_MEMBERS;
    if (isFitting) return member;
    fault('baggage_full', 'a request had no room left in its baggage header: the service it goes to is not told the customer');
    return undefined;
  };
}

/** A pattern without a port is for every port. */
function isNamed(host: string, pattern: string): boolean {
  return [host, host.replace(/:\d+$/, '')].some((name) =>
    pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) && name.length >= pattern.length : name === pattern,
  );
}
