import { hash } from 'node:crypto';

import type { CostEvent } from '@llmobserve/protocol';

export type ContentHash = {
  /** 64 bits of SHA-256, signed: what a column holds. */
  readonly contentHash: bigint;
  /** About what the event takes while it waits. */
  readonly sizeBytes: number;
};

/** Hashes what an event says; the order in which its sender wrote the members does not matter. */
export function hashContent(event: CostEvent): ContentHash {
  const text = JSON.stringify(sortMembers(event));
  return { contentHash: hash('sha256', text, 'buffer').readBigInt64BE(0), sizeBytes: text.length };
}

function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortMembers);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // fromEntries defines own members, so a key named __proto__ counts like any other.
  return Object.fromEntries(members.map(([key, member]) => [key, sortMembers(member)]));
}
