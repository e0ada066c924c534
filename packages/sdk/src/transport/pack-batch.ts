import type { SdkIdentity } from '@llmobserve/protocol';

export type BatchHead = {
  readonly sdk: SdkIdentity;
  /** Absent where another process may have to send it. */
  readonly seq: number | undefined;
  readonly lost: Readonly<Record<string, number>>;
};

/** Writes a batch as far as its events. */
export function startBatch(head: BatchHead, customers: Iterable<string>): string {
  const facts = [...customers].join(',');
  return JSON.stringify(head).slice(0, -1) + (facts && `,"customers":[${facts}]`);
}

/** Puts in the events, which were serialised when they were captured. */
export function endBatch(start: string, events: readonly { readonly json: string }[]): string {
  return `${start},"events":[${events.map(({ json }) => json).join(',')}]}`;
}
