import type { CustomerRef } from '@llmobserve/protocol';
import { readCustomer } from '../read-customer.ts';
import { liveRuntime } from '../runtime.ts';
import { inScope } from './in-scope.ts';

/**
 * Attributes every call made inside `fn`, however deep and however late, to one of your customers.
 *
 * @example const answer = await withCustomer('acme', () => client.chat.completions.create(request));
 */
export function withCustomer<T>(customer: string | CustomerRef, fn: () => T): T {
  const read = readCustomer(customer);
  return inScope(read && { customer: read }, fn);
}

/**
 * Attributes the calls of the rest of this async context to one of your customers; `withCustomer` is safer where it fits.
 *
 * @example app.use((request, _response, next) => { setCustomer(request.account.id); next(); });
 */
export function setCustomer(customer: string | CustomerRef): void {
  const { scopes } = liveRuntime();
  const read = readCustomer(customer);
  if (read) scopes.enterWith({ ...scopes.getStore(), customer: read });
}
