import { flush } from '../flush.ts';
import { findRequest } from './find-request.ts';

/** Longer, and whoever pays for the function's time would rather wait for its next call. */
const FLUSH_TIMEOUT_MS = 2000;
/** AWS Lambda's handlers that answer by a callback take event, context and callback; those that stream have the context there. */
const CALLBACK_AT = 2;

/**
 * Wraps a serverless handler, such as AWS Lambda's, so that its calls are delivered before the platform freezes the process.
 * What it answers or throws stays as it is; where the platform can wait in the background, the answer does not wait.
 *
 * @example export const handler = withFlush(async (event) => answer(event));
 */
export function withFlush<Args extends unknown[], Result>(handler: (...args: Args) => Result): (...args: Args) => Promise<Awaited<Result>> {
  return async function flushed(this: unknown, ...args: Args): Promise<Awaited<Result>> {
    try {
      const isCalledBack = handler.length > CALLBACK_AT && typeof args[CALLBACK_AT] === 'function';
      return await (isCalledBack ? answerByCallback(handler, args, this) : handler.apply(this, args));
    } finally {
      await deliver();
    }
  };
}

function answerByCallback<Args extends unknown[], Result>(
  handler: (...args: Args) => Result,
  args: Args,
  self: unknown,
): Promise<Awaited<Result>> {
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, answer: Awaited<Result>): void => {
      if (error === undefined || error === null) resolve(answer);
      else reject(error);
    };
    // Safe because the callback is put where the platform's own stood.
    const answer = handler.apply(self, args.with(CALLBACK_AT, callback) as Args);
    if (answer instanceof Promise) answer.then(resolve, reject);
  });
}

async function deliver(): Promise<void> {
  const flushed = flush(FLUSH_TIMEOUT_MS);
  const request = findRequest();
  if (request) request.waitUntil(flushed);
  else await flushed;
}
