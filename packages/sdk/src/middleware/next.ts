import { inRequest, type FoundCustomer } from './in-request.ts';

/** How a handler finds out whom it works for. */
export type NextOptions<Values extends unknown[]> = {
  /** Finds the customer from what the handler is called with; what it throws leaves the request without one, and the request goes on. */
  readonly customer?: ((...values: Values) => FoundCustomer | PromiseLike<FoundCustomer>) | undefined;
  /**
   * Goes on where a service of your own stopped that names this one in `propagateTo`. Off by default: on a service that
   * strangers reach it would let them choose the customer.
   */
  readonly trustBaggage?: boolean | undefined;
};

/**
 * Attributes what a route handler, server action or page of the app router calls to one of your customers.
 *
 * @example export const POST = withLlmobserve(answerQuestion, { customer: async () => (await auth())?.user.accountId });
 */
export function withLlmobserve<Values extends unknown[], Result>(
  handler: (...values: Values) => Result | PromiseLike<Result>,
  { customer, trustBaggage }: NextOptions<Values>,
): (...values: Values) => Promise<Result> {
  return async (...values) => {
    const options = {
      customer: customer && ((): FoundCustomer | PromiseLike<FoundCustomer> => customer(...values)),
      trustBaggage,
      baggage: () => baggageOf(values[0]),
    };
    return inRequest(values, options, () => handler(...values));
  };
}

function baggageOf(request: unknown): string | null {
  return request instanceof Request ? request.headers.get('baggage') : null;
}

export type { FoundCustomer } from './in-request.ts';
export type { CustomerRef, Tags } from '@llmobserve/protocol';
