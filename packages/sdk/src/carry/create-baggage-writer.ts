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
  return ({ host, header }, scope) => {
    const text = propagateTo.some((pattern) => isNamed(host, pattern)) && writeContext(scope);
    if (!text) return undefined;
    const member = `${PACKAGE_NAME}=${encodeURIComponent(text)}`;
    const others = header('baggage') ?? '';
    if (others.length + member.length < MAX_BYTES && others.split(',').length < MAX_MEMBERS) return member;
    fault('baggage_full', 'a request had no room left in its baggage header to tell the customer');
    return undefined;
  };
}

/** A pattern without a port is for every port. */
function isNamed(host: string, pattern: string): boolean {
  const names = [host, host.replace(/:\d+$/, '')];
  return names.some((name) => (pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern));
}
