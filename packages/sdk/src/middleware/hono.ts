import { inRequest, type RequestOptions } from './in-request.ts';

/** The part of Hono's context that is read here. */
export type HonoContext = { readonly req: { header(name: string): string | undefined } };

/**
 * Attributes what a request makes your app call to one of your customers. Put it after authentication.
 *
 * @example app.use(llmobserve({ customer: (c: Context) => c.get('account').id }));
 */
export function llmobserve<Context extends HonoContext>(
  options: RequestOptions<Context>,
): (context: Context, next: () => Promise<void>) => Promise<void> {
  return async (context, next) => inRequest(context, { ...options, baggage: () => context.req.header('baggage') }, next);
}

export type { FoundCustomer, RequestOptions } from './in-request.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
