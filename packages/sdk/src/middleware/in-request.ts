import { isJsonRecord, type CustomerRef } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import { withCustomer } from '../attribution/index.ts';
import { findInBaggage, importContext } from '../carry/index.ts';
import { liveRuntime } from '../runtime.ts';

/** Whom a request is for; nothing where it is for nobody. */
export type FoundCustomer = string | CustomerRef | null | undefined;

/** How a middleware finds out whom a request is for. */
export type RequestOptions<Request> = {
  /** Finds the customer of a request; what it throws leaves the request without one, and the request goes on. */
  readonly customer?: ((request: Request) => FoundCustomer | PromiseLike<FoundCustomer>) | undefined;
  /**
   * Goes on where a service of your own stopped that names this one in `propagateTo`. Off by default: on a service that
   * strangers reach it would let them choose the customer.
   */
  readonly trustBaggage?: boolean | undefined;
};

/** A request that waits longer for its customer goes on without one. */
const MAX_WAIT_MS = 5000;

/** Runs the rest of a request for the customer that is found in it; a promise only where the customer is one. */
export function inRequest<Request, T>(
  request: Request,
  { customer, trustBaggage, baggage }: RequestOptions<Request> & { readonly baggage: () => string | null | undefined },
  fn: () => T,
): T | Promise<T> {
  const goOn = (found: FoundCustomer): T => (found === undefined || found === null ? fn() : withCustomer(found, fn));
  const enter = (): T | Promise<T> => {
    const found = guarded(() => inTime(customer?.(request)));
    return found instanceof Promise ? found.then(goOn) : goOn(found);
  };
  const carried = trustBaggage === true ? guarded(() => findInBaggage(baggage() ?? '')) : undefined;
  return importContext(carried, enter);
}

function guarded<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    return tellFault(error);
  }
}

function inTime(found: FoundCustomer | PromiseLike<FoundCustomer>): FoundCustomer | Promise<FoundCustomer> {
  return isPromise(found) ? waitFor(found) : found;
}

function isPromise(value: unknown): value is PromiseLike<FoundCustomer> {
  return isJsonRecord(value) && typeof value['then'] === 'function';
}

async function waitFor(found: PromiseLike<FoundCustomer>): Promise<FoundCustomer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took more than ${MAX_WAIT_MS} ms`)), MAX_WAIT_MS);
  });
  try {
    return await Promise.race([found, tooLate]);
  } catch (error) {
    return tellFault(error);
  } finally {
    clearTimeout(timer);
  }
}

function tellFault(error: unknown): undefined {
  liveRuntime().engine?.fault(
    'request_customer',
    `the customer of a request could not be found, its calls are unattributed: ${attempt(() => String(error)) ?? ''}`,
  );
  return undefined;
}
