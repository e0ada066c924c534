import type { CustomerRef } from '@llmobserve/protocol';

/** Facts about customers by id, as JSON. */
export type FactsById = ReadonlyMap<string, string>;

export type CustomerFactsLedger = {
  /** Remembers what a scope said of its customer. */
  note(customer: CustomerRef): void;
  /** What the collector has not been told yet. */
  untold(): FactsById;
  /** The collector has acknowledged these. */
  confirm(told: FactsById): void;
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
  const untold = new Map<string, string>();

  return {
    note(customer) {
      // Most are a mere id, made anew for each call.
      if (!(customer.name ?? customer.plan ?? customer.tags) || seen.has(customer)) return;
      seen.add(customer);
      const { user: _user, session: _session, ...facts } = customer;
      const json = JSON.stringify(facts);
      if (told.get(facts.id) !== json) setNewest(untold, facts.id, json);
    },
    untold() {
      let bytes = 0;
      const oldest = [...untold].slice(0, MAX_UNTOLD_PER_BATCH);
      return new Map(oldest.filter(([, json]) => (bytes += Buffer.byteLength(json)) <= MAX_UNTOLD_BYTES));
    },
    confirm(confirmed) {
      for (const [id, json] of confirmed) {
        if (untold.get(id) === json) untold.delete(id);
        setNewest(told, id, json);
      }
    },
  };
}

function setNewest(byId: Map<string, string>, id: string, json: string): void {
  byId.delete(id);
  byId.set(id, json);
  for (const oldest of byId.keys()) {
    if (byId.size <= MAX_CUSTOMERS) return;
    byId.delete(oldest);
  }
}
