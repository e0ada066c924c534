import type { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { isJsonRecord } from '@llmobserve/protocol';
import type { Scope } from '../runtime.ts';

const REQUEST_CHANNEL = 'http.server.request.start';

/**
 * Keeps `setCustomer` of one request out of the next on the same connection: before Node 24 all requests of a connection
 * share one async context, so what one of them enters would stay (seen with 20.20). Each request begins where its connection began.
 */
export function keepRequestsApart(scopes: AsyncLocalStorage<Scope | undefined>): void {
  const scopeAtStart = new WeakMap<object, { readonly scope: Scope | undefined }>();
  subscribe(REQUEST_CHANNEL, (message) => {
    const socket = isJsonRecord(message) ? message['socket'] : undefined;
    if (!isJsonRecord(socket)) return;
    const scope = scopes.getStore();
    const start = scopeAtStart.get(socket);
    if (!start) scopeAtStart.set(socket, { scope });
    else if (start.scope !== scope) scopes.enterWith(start.scope);
  });
}
