import { hash } from 'node:crypto';

import { sortedKeys, type CostEvent } from '@llmobserve/protocol';

export type ContentHash = {
  /** 64 bits of SHA-256, signed: what a column holds. */
  readonly contentHash: bigint;
  /** About what the event takes while it waits. */
  readonly sizeBytes: number;
};

/** Hashes what an event says; the order in which its sender wrote the members does not matter. */
export function hashContent(event: CostEvent): ContentHash {
  const text = JSON.stringify(membersOf(event));
  // As hex, which costs less than a buffer of its own.
  const first64Bits = BigInt(`0x${hash('sha256', text, 'hex').slice(0, 16)}`);
  return { contentHash: BigInt.asIntN(64, first64Bits), sizeBytes: text.length };
}

/** In an order that never changes, for a hash is compared years later; a new member goes to the end. An absent one is null. */
function membersOf(event: CostEvent): readonly unknown[] {
  return [
    [event.id, event.kind, event.provider, event.startedAt, event.model, event.requestedModel, event.operation],
    [event.traceId, event.spanId, event.parentSpanId, event.durationMs, event.firstTokenMs],
    [event.status, event.error?.code, event.error?.httpStatus, event.attempts, event.responseId, event.streamed],
    [event.usageQuality, event.serviceTier, event.region, event.cacheHit, event.reportedCostUsd],
    [event.customer, event.user, event.session, event.run, event.section, event.environment, event.release],
    [sortMembers(event.usage), sortMembers(event.tags), sortMembers(event.attributes)],
  ];
}

function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortMembers);
  // Safe because an object is a record of whatever it holds.
  const record = value as Readonly<Record<string, unknown>>;
  // As pairs, so that a key named __proto__ counts like any other.
  return { members: sortedKeys(record).map((key) => [key, sortMembers(record[key])]) };
}
