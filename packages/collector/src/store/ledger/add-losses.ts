import type { Queryable } from '../database.ts';
import type { LossTotal } from './ledger-entry.ts';

const LOCK_WORKSPACE_LOSSES = `SELECT pg_advisory_xact_lock(hashtextextended('loss_reports/' || $1::text, 0))`;

// A total counts since the process started, so what is new is the total less what is stored; an older report that comes late adds nothing.
const ADD_LOSSES = `
  INSERT INTO loss_reports (workspace_id, instance, reason, hour, count)
  SELECT $1::uuid, u.instance, u.reason, $2::timestamptz, u.total - COALESCE(known.total, 0)
  FROM unnest($3::text[], $4::text[], $5::int8[]) AS u (instance, reason, total)
  LEFT JOIN LATERAL (
    SELECT SUM(count)::int8 AS total FROM loss_reports
    WHERE workspace_id = $1::uuid AND instance = u.instance AND reason = u.reason
  ) known ON true
  WHERE u.total > COALESCE(known.total, 0)
  ON CONFLICT (workspace_id, instance, reason, hour) DO UPDATE SET count = loss_reports.count + excluded.count
`;

/** Adds what processes lost since their last report to the hour in which they say so. */
export async function addLosses(
  tx: Queryable,
  workspaceId: string,
  report: { readonly hour: string; readonly totals: readonly LossTotal[] },
): Promise<void> {
  const totals = highestTotals(report.totals);
  if (totals.length === 0) return;
  // Reading what is stored and adding to it is one step for all who report for this workspace.
  await tx.queryPrepared({ name: 'lock-losses', text: LOCK_WORKSPACE_LOSSES, values: [workspaceId] });
  await tx.queryPrepared({
    name: 'add-losses',
    text: ADD_LOSSES,
    values: [
      workspaceId,
      report.hour,
      totals.map((loss) => loss.instance),
      totals.map((loss) => loss.reason),
      totals.map((loss) => loss.total),
    ],
  });
}

function highestTotals(totals: readonly LossTotal[]): readonly LossTotal[] {
  const highest = new Map<string, LossTotal>();
  for (const loss of totals) {
    const key = JSON.stringify([loss.instance, loss.reason]);
    if (loss.total > (highest.get(key)?.total ?? 0)) highest.set(key, loss);
  }
  return [...highest.values()];
}
