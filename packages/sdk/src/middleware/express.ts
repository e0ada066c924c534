import { inRequest, type RequestOptions } from './in-request.ts';
import { readBaggage, type NodeHeaders } from './read-baggage.ts';

/** The part of Express's request that is read here; Connect and plain `node:http` have it too. */
export type ExpressRequest = { readonly headers: NodeHeaders };

/**
 * Attributes what a request makes your app call to one of your customers. Put it after authentication and body parsers.
 *
 * @example app.use(llmobserve({ customer: (request: Request) => request.user.accountId }));
 */
export function llmobserve<Request extends ExpressRequest>(
  options: RequestOptions<Request>,
): (request: Request, response: unknown, next: () => void) => void | Promise<void> {
  return (request, _response, next) => inRequest(request, { ...options, baggage: () => readBaggage(request.headers) }, next);
}

export type { FoundCustomer, RequestOptions } from './in-request.ts';
export type { NodeHeaders } from './read-baggage.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
