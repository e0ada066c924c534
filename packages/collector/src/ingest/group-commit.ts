import { OverloadedError, StoreUnavailableError } from '../failures.ts';
import { inBackground } from '../in-background.ts';
import type { Settlement, Submission } from '../store/index.ts';

export type GroupCommitDeps = {
  readonly ledger: { append(workspaceId: string, submissions: readonly Submission[]): Promise<readonly Settlement[]> };
};

export type GroupCommitLimits = {
  /** Transactions at a time: one where the engine is one session, else two, so that the server works while we prepare. */
  readonly committers: number;
  /** Events per transaction: beyond about 2000 a larger group no longer costs less. */
  readonly maxGroupEvents: number;
  readonly maxWaitingEvents: number;
  readonly maxWaitingBytes: number;
};

export const GROUP_COMMIT_LIMITS = {
  maxGroupEvents: 2000,
  maxWaitingEvents: 20_000,
  maxWaitingBytes: 32_000_000,
} as const satisfies Omit<GroupCommitLimits, 'committers'>;

/** Commits batches in groups, one workspace a group. */
export type GroupCommit = {
  /**
   * Resolves after the commit.
   *
   * @throws {OverloadedError} at once, when more waits than the limits allow.
   */
  commit(workspaceId: string, submission: Submission, sizeBytes: number): Promise<Settlement>;
  /** What waits or is being committed. */
  load(): { readonly events: number; readonly bytes: number };
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
};

type Waiting = {
  readonly submission: Submission;
  readonly sizeBytes: number;
  resolve(settlement: Settlement): void;
  reject(error: unknown): void;
};

/** What every submission weighs besides its events. */
const SUBMISSION_BYTES = 1000;

/**
 * Makes the queue between requests and the ledger.
 *
 * An idle committer takes everything that waits: nothing is delayed when there is little to do, and the more there is to do, the
 * larger the groups grow.
 */
export function createGroupCommit(deps: GroupCommitDeps, limits: GroupCommitLimits): GroupCommit {
  const queues = new Map<string, Waiting[]>();
  const load = { events: 0, bytes: 0 };
  let idle: (() => void)[] = [];
  let running = 0;

  function wake(): void {
    while (running < limits.committers && queues.size > 0) {
      running += 1;
      // It tells each waiting batch what became of it.
      inBackground(runNext());
    }
    if (running > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  async function runNext(): Promise<void> {
    const { workspaceId, group } = takeGroup(queues, limits.maxGroupEvents);
    const isStoreGone = await commitGroup(deps, workspaceId, group);
    release(group);
    if (isStoreGone) failAll(isStoreGone);
    running -= 1;
    wake();
  }

  /** Whoever waits would only find the same; each of them is told now instead of one timeout later. */
  function failAll(error: StoreUnavailableError): void {
    for (const waiting of queues.values()) {
      for (const one of waiting) one.reject(error);
      release(waiting);
    }
    queues.clear();
  }

  function release(group: readonly Waiting[]): void {
    for (const { submission, sizeBytes } of group) {
      load.events -= submission.entries.length;
      load.bytes -= sizeBytes;
    }
  }

  return {
    load: () => ({ ...load }),
    drain: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    commit: (workspaceId, submission, eventBytes) => {
      const sizeBytes = eventBytes + SUBMISSION_BYTES;
      const isFull = load.events + submission.entries.length > limits.maxWaitingEvents || load.bytes + sizeBytes > limits.maxWaitingBytes;
      if (isFull) return Promise.reject(new OverloadedError('more events wait to be committed than the collector can hold'));
      load.events += submission.entries.length;
      load.bytes += sizeBytes;
      return new Promise((resolve, reject) => {
        const queue = queues.get(workspaceId) ?? [];
        queue.push({ submission, sizeBytes, resolve, reject });
        queues.set(workspaceId, queue);
        wake();
      });
    },
  };
}

type Group = { readonly workspaceId: string; readonly group: readonly Waiting[] };

/** Takes the workspace that waits longest, as much of it as one transaction holds; the rest goes to the end of the line. */
function takeGroup(queues: Map<string, Waiting[]>, maxEvents: number): Group {
  const [workspaceId, queue] = queues.entries().next().value ?? ['', []];
  queues.delete(workspaceId);
  let events = 0;
  const end = queue.findIndex(({ submission }, index) => {
    events += submission.entries.length;
    return index > 0 && events > maxEvents;
  });
  if (end === -1) return { workspaceId, group: queue };
  queues.set(workspaceId, queue.slice(end));
  return { workspaceId, group: queue.slice(0, end) };
}

/** Never rejects; gives the error when the store is gone, so that the others need not ask it. */
async function commitGroup(
  deps: GroupCommitDeps,
  workspaceId: string,
  group: readonly Waiting[],
): Promise<StoreUnavailableError | undefined> {
  try {
    const settlements = await deps.ledger.append(
      workspaceId,
      group.map(({ submission }) => submission),
    );
    for (const [index, settlement] of settlements.entries()) group[index]?.resolve(settlement);
    return undefined;
  } catch (error) {
    if (group.length > 1 && !(error instanceof StoreUnavailableError)) return commitOneByOne(deps, workspaceId, group);
    for (const one of group) one.reject(error);
    return error instanceof StoreUnavailableError ? error : undefined;
  }
}

/** One batch that the store refuses must not cost those that happened to wait beside it. */
async function commitOneByOne(
  deps: GroupCommitDeps,
  workspaceId: string,
  group: readonly Waiting[],
): Promise<StoreUnavailableError | undefined> {
  let gone: StoreUnavailableError | undefined;
  for (const one of group) {
    // One after the other: together they were refused.
    gone = (await commitGroup(deps, workspaceId, [one])) ?? gone;
  }
  return gone;
}
