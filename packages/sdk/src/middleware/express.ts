import { inRequest, type RequestOptions } from './in-request.ts';

/** The part of Express's request that is read here; Connect and plain `node:http` have it too. */
export type ExpressRequest = { readonly headers: { readonly baggage?: string | undefined } };

/**
 * Attributes what a request makes your app call to one of your customers. Put it after authentication and body parsers.
 *
 * @example app.use(llmobserve({ customer: (request) => request.user.accountId }));
 */
export function llmobserve<Request extends ExpressRequest>(
  options: RequestOptions<Request>,
): (request: Request, response: unknown, next: () => void) => void {
  return (request, _response, next) => {
    void inRequest(request, { ...options, baggage: () => request.headers.baggage }, next);
  };
}

export type { FoundCustomer, RequestOptions } from './in-request.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
