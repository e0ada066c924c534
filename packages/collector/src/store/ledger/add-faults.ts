import type { Queryable } from '../database.ts';

const ADD_FAULTS = `
  INSERT INTO ingest_faults (workspace_id, hour, conflicts, rejected)
  VALUES ($1::uuid, $2::timestamptz, $3::int8, $4::int8)
  ON CONFLICT (workspace_id, hour) DO UPDATE SET
    conflicts = ingest_faults.conflicts + excluded.conflicts,
    rejected = ingest_faults.rejected + excluded.rejected
`;

/** Counts what the collector refused in an hour. */
export async function addFaults(
  tx: Queryable,
  workspaceId: string,
  faults: { readonly hour: string; readonly conflicts: number; readonly rejected: number },
): Promise<void> {
  if (faults.conflicts === 0 && faults.rejected === 0) return;
  const values = [workspaceId, faults.hour, faults.conflicts, faults.rejected];
  await tx.queryPrepared({ name: 'add-faults', text: ADD_FAULTS, values });
}
