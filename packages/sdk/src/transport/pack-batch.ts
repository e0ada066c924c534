import type { SdkIdentity } from '@llmobserve/protocol';

export type BatchHead = { readonly sdk: SdkIdentity; readonly seq: number; readonly lost: Readonly<Record<string, number>> };

export type BatchLists = { readonly customers: Iterable<string>; readonly events: readonly { readonly json: string }[] };

/** Writes the body of a batch around what was serialised when it was captured. */
export function packBatch(head: BatchHead, lists: BatchLists): string {
  const customers = [...lists.customers].join(',');
  const events = lists.events.map((event) => event.json).join(',');
  return `${JSON.stringify(head).slice(0, -1)}${customers && `,"customers":[${customers}]`},"events":[${events}]}`;
}
