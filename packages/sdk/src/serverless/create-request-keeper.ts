import { inBackground } from '../in-background.ts';
import { findRequest } from './find-request.ts';

export type RequestKeeperDeps = {
  /** Waits for the calls in flight and sends what became of them. */
  readonly flush: () => Promise<unknown>;
  readonly onFault: (error: unknown) => void;
};

/** Many calls of one moment are delivered together. */
const MAX_KEPT = 1000;

/** Asked at the begin of each call: keeps a serverless process from being stopped between its answer and the delivery. */
export function createRequestKeeper({ flush, onFault }: RequestKeeperDeps): () => void {
  let kept = 0;
  return () => {
    if (kept >= MAX_KEPT) return;
    try {
      const request = findRequest();
      if (!request) return;
      kept += 1;
      // A step later, when the call is under way.
      const delivered = Promise.resolve().then(flush);
      const ended = delivered.finally(() => (kept -= 1));
      request.waitUntil(ended);
      inBackground(ended, onFault);
    } catch (error) {
      onFault(error);
    }
  };
}
