import type { CustomerFacts, CustomerRef } from '@llmobserve/protocol';

export type CustomerFactsLedger = {
  /** Remembers what a scope said of its customer. */
  note(customer: CustomerRef): void;
  /** What the collector has not been told yet. */
  untold(): readonly CustomerFacts[];
  /** The collector has acknowledged these. */
  confirm(told: readonly CustomerFacts[]): void;
};

/** A process that serves more customers than this tells of some of them again. */
const MAX_CUSTOMERS = 10_000;
/** Keeps the head of a batch small beside its events, however long names and tags are. */
const MAX_UNTOLD_PER_BATCH = 200;
const MAX_UNTOLD_BYTES = 200_000;

/** Tells each fact about a customer once, and again when it changes. */
export function createCustomerFacts(): CustomerFactsLedger {
  const seen = new WeakSet<CustomerRef>();
  const told = new Map<string, string>();
  const untold = new Map<string, CustomerFacts>();

  return {
    note(customer) {
      if (seen.has(customer)) return;
      seen.add(customer);
      const facts = readFacts(customer);
      if (!facts || told.get(facts.id) === JSON.stringify(facts)) return;
      untold.delete(facts.id);
      untold.set(facts.id, facts);
      dropOldest(untold);
    },
    untold: () => takeWithin([...untold.values()].slice(0, MAX_UNTOLD_PER_BATCH)),
    confirm(confirmed) {
      for (const facts of confirmed) {
        if (untold.get(facts.id) === facts) untold.delete(facts.id);
        told.delete(facts.id);
        told.set(facts.id, JSON.stringify(facts));
      }
      dropOldest(told);
    },
  };
}

function readFacts({ user: _user, session: _session, ...facts }: CustomerRef): CustomerFacts | undefined {
  return Object.keys(facts).length > 1 ? facts : undefined;
}

function takeWithin(facts: readonly CustomerFacts[]): readonly CustomerFacts[] {
  let bytes = 0;
  return facts.filter((one) => (bytes += Buffer.byteLength(JSON.stringify(one))) <= MAX_UNTOLD_BYTES);
}

function dropOldest(byId: Map<string, unknown>): void {
  for (const id of byId.keys()) {
    if (byId.size <= MAX_CUSTOMERS) return;
    byId.delete(id);
  }
}
