import type { Operation } from '../provider.ts';
import { writeUsd } from '../read-answer.ts';

/** Reads what Azure and LiteLLM tell in the head of an answer: where it was made, and what the gateway's owner set as its price. */
export function readHeaders(operation: Operation): Operation {
  return {
    ...operation,
    complete(reading, seen) {
      const cost = Number(seen.header('x-litellm-response-cost'));
      const told = {
        ...reading,
        region: reading.region ?? seen.header('x-ms-region'),
        // The head of a stream comes before its cost is known; then there is none, or 0.
        reportedCostUsd: reading.reportedCostUsd ?? (cost > 0 ? writeUsd(cost) : undefined),
      };
      return operation.complete?.(told, seen) ?? told;
    },
  };
}
