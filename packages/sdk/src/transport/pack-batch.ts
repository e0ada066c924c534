import type { CustomerFacts, SdkIdentity } from '@llmobserve/protocol';

export type BatchHead = {
  readonly sdk: SdkIdentity;
  readonly seq: number;
  readonly lost: Readonly<Record<string, number>>;
  readonly customers: readonly CustomerFacts[];
};

/** Writes the body of a batch around events that were serialised when they were captured. */
export function packBatch(head: BatchHead, events: readonly { readonly json: string }[]): string {
  const { customers, ...rest } = head;
  const headJson = JSON.stringify(customers.length === 0 ? rest : { ...rest, customers });
  return `${headJson.slice(0, -1)},"events":[${events.map((event) => event.json).join(',')}]}`;
}
