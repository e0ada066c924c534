import type { CustomerFacts } from '@llmobserve/protocol';

import type { Queryable } from '../database.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** What a group of batches says of one customer. */
export type CustomerChange = CustomerFacts & {
  /** RFC 3339; absent when the group holds no call of theirs. */
  readonly firstCallAt?: string;
  readonly lastCallAt?: string;
};

// A customer who is only named keeps the times of their calls; one without any call is seen when the facts came.
const UPSERT_CUSTOMERS = `
  INSERT INTO customers (workspace_id, id, name, plan, tags, first_seen_at, last_seen_at)
  SELECT $1::uuid, u.id, u.name, u.plan, u.tags,
    COALESCE(u.first_call_at, known.first_seen_at, $2::timestamptz),
    COALESCE(u.last_call_at, known.last_seen_at, $2::timestamptz)
  FROM unnest($3::text[], $4::text[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::timestamptz[])
    AS u (id, name, plan, tags, first_call_at, last_call_at)
  LEFT JOIN customers known ON known.workspace_id = $1::uuid AND known.id = u.id
  ORDER BY u.id
  ON CONFLICT (workspace_id, id) DO UPDATE SET
    name = COALESCE(excluded.name, customers.name),
    plan = COALESCE(excluded.plan, customers.plan),
    tags = COALESCE(excluded.tags, customers.tags),
    first_seen_at = LEAST(customers.first_seen_at, excluded.first_seen_at),
    last_seen_at = GREATEST(customers.last_seen_at, excluded.last_seen_at)
  WHERE excluded.first_seen_at < customers.first_seen_at
    OR excluded.last_seen_at > customers.last_seen_at
    OR COALESCE(excluded.name, customers.name) IS DISTINCT FROM customers.name
    OR COALESCE(excluded.plan, customers.plan) IS DISTINCT FROM customers.plan
    OR COALESCE(excluded.tags, customers.tags) IS DISTINCT FROM customers.tags
`;

/** Keeps who was seen when, and what is known of them; a fact that is not told stays as it is. */
export async function upsertCustomers(
  tx: Queryable,
  workspaceId: string,
  group: { readonly receivedAtMs: number; readonly changes: readonly CustomerChange[] },
): Promise<void> {
  const { changes } = group;
  if (changes.length === 0) return;
  await tx.queryPrepared({
    name: 'upsert-customers',
    text: UPSERT_CUSTOMERS,
    values: [
      workspaceId,
      new Date(group.receivedAtMs).toISOString(),
      changes.map((change) => change.id),
      changes.map((change) => change.name ?? null),
      changes.map((change) => change.plan ?? null),
      changes.map((change) => (change.tags === undefined ? null : JSON.stringify(change.tags))),
      changes.map((change) => change.firstCallAt ?? null),
      changes.map((change) => change.lastCallAt ?? null),
    ],
  });
}

/** Folds facts and new events into one change per customer; later facts win. */
export function foldCustomers(facts: readonly CustomerFacts[], inserted: readonly LedgerEntry[]): readonly CustomerChange[] {
  const changes = new Map<string, CustomerChange>();
  for (const fact of facts) changes.set(fact.id, { ...changes.get(fact.id), ...fact });
  for (const { event } of inserted) {
    if (event.customer === undefined) continue;
    const known = changes.get(event.customer) ?? { id: event.customer };
    // Texts of one form, UTC with milliseconds, so they order as the times do.
    const firstCallAt = known.firstCallAt === undefined || event.startedAt < known.firstCallAt ? event.startedAt : known.firstCallAt;
    const lastCallAt = known.lastCallAt === undefined || event.startedAt > known.lastCallAt ? event.startedAt : known.lastCallAt;
    if (firstCallAt !== known.firstCallAt || lastCallAt !== known.lastCallAt) {
      changes.set(event.customer, { ...known, firstCallAt, lastCallAt });
    }
  }
  return [...changes.values()];
}
