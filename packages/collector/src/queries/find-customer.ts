import type { CustomerDetail, Tags } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';

type Row = {
  readonly id: string;
  readonly name: string | null;
  readonly plan: string | null;
  readonly tags: Tags | null;
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
};

/** Who is this customer? */
export async function findCustomer(database: Database, workspaceId: string, customerId: string): Promise<CustomerDetail | undefined> {
  const [row] = await database.query<Row>(sql`
    SELECT
      id, name, plan, tags,
      (extract(epoch FROM first_seen_at) * 1000)::float8 AS first_seen_ms,
      (extract(epoch FROM last_seen_at) * 1000)::float8 AS last_seen_ms
    FROM customers
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${customerId}
  `);
  if (!row) return undefined;
  return {
    id: row.id,
    ...(row.name === null ? {} : { name: row.name }),
    ...(row.plan === null ? {} : { plan: row.plan }),
    ...(row.tags === null ? {} : { tags: row.tags }),
    firstSeenAt: new Date(row.first_seen_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_ms).toISOString(),
  };
}
