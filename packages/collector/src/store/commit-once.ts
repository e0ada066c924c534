import { sql } from 'drizzle-orm';
import { setTimeout as wait } from 'node:timers/promises';

import { StoreUnavailableError } from '../failures.ts';
import type { Database, Queryable } from './database.ts';

/** A server that is still writing its commit down when the connection breaks has done so by then, or hangs. */
const MAX_ASKS = 5;
const ASK_AGAIN_MS = 100;

/** How `commitOnce` reads and writes; `begin` runs a transaction and tells its id before anything else. */
export type CommitOnceDeps = {
  readonly begin: <T>(work: (tx: Queryable) => Promise<T>, onBegin: (transactionId: string) => void) => Promise<T>;
  readonly query: Database['query'];
};

type Attempt<T> = { id?: string; result?: { readonly value: T } };

/**
 * Commits the work once: a connection that breaks before the commit is followed by one more try, and one that breaks while the
 * commit is on its way by the question what became of it.
 */
export async function commitOnce<T>(deps: CommitOnceDeps, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const first: Attempt<T> = {};
  try {
    return await attempt(deps, work, first);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError && error.isTransient)) throw error;
    const { id, result } = first;
    // Without a result its COMMIT was never sent.
    if (id !== undefined && result && (await wasCommitted(deps, id))) return result.value;
    return attempt(deps, work, {});
  }
}

function attempt<T>({ begin }: CommitOnceDeps, work: (tx: Queryable) => Promise<T>, made: Attempt<T>): Promise<T> {
  return begin(
    async (tx) => {
      const value = await work(tx);
      made.result = { value };
      return value;
    },
    (id) => {
      made.id = id;
    },
  );
}

async function wasCommitted(deps: CommitOnceDeps, id: string): Promise<boolean> {
  for (let asks = 0; asks < MAX_ASKS; asks += 1) {
    const status = await readStatus(deps, id);
    if (status !== 'in progress') return status === 'committed';
    await wait(ASK_AGAIN_MS);
  }
  throw new StoreUnavailableError('the database has not told what became of a commit', { isTransient: false });
}

async function readStatus({ query }: CommitOnceDeps, id: string): Promise<string | null> {
  try {
    const [row] = await query<{ readonly status: string | null }>(sql`SELECT pg_xact_status(${id}::xid8) AS status`);
    return row?.status ?? null;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    // A server that crashed knows no id that it had not written down yet, and says that it lies in the future.
    return null;
  }
}
