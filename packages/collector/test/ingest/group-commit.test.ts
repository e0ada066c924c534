import { describe, expect, test } from 'vitest';
import { OverloadedError, StoreUnavailableError } from '../../src/failures.ts';
import { createGroupCommit, type GroupCommitLimits } from '../../src/ingest/index.ts';
import type { LedgerEntry, Settlement, Submission } from '../../src/store/index.ts';

const LIMITS: GroupCommitLimits = { committers: 1, maxGroupEvents: 10, maxWaitingEvents: 30, maxWaitingBytes: 100_000 };

describe('works', () => {
  test('an idle committer takes a batch at once; what comes meanwhile goes together', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const first = committer.commit('w', batchOf(1), 0);
    const others = [committer.commit('w', batchOf(2), 0), committer.commit('w', batchOf(3), 0)];
    expect(ledger.groups).toEqual(['w: 1']);
    ledger.open();
    expect((await first).accepted).toHaveLength(1);
    expect((await Promise.all(others)).map((settlement) => settlement.accepted.length)).toEqual([2, 3]);
    expect(ledger.groups).toEqual(['w: 1', 'w: 2+3']);
  });

  test('a group belongs to one workspace, and workspaces take turns', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const all = ['a', 'b', 'a', 'c', 'b'].map((workspaceId) => committer.commit(workspaceId, batchOf(1), 0));
    ledger.open();
    await Promise.all(all);
    expect(ledger.groups).toEqual(['a: 1', 'b: 1+1', 'a: 1', 'c: 1']);
  });

  test('a group is bounded; a batch is never split, and the rest waits its turn', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const all = [1, 6, 4, 1, 12].map((events) => committer.commit('a', batchOf(events), 0));
    const other = committer.commit('b', batchOf(1), 0);
    ledger.open();
    await Promise.all([...all, other]);
    expect(ledger.groups).toEqual(['a: 1', 'a: 6+4', 'b: 1', 'a: 1', 'a: 12']);
  });

  test('two committers work at once', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, { ...LIMITS, committers: 2 });
    const all = ['a', 'b', 'c'].map((workspaceId) => committer.commit(workspaceId, batchOf(1), 0));
    expect(ledger.groups).toEqual(['a: 1', 'b: 1']);
    ledger.open();
    await Promise.all(all);
  });

  test('a drain waits for everything that waits', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const order: string[] = [];
    const all = [1, 2].map((events) => committer.commit('w', batchOf(events), 0).then(() => order.push('committed')));
    const drained = committer.drain().then(() => order.push('drained'));
    ledger.open();
    await Promise.all([...all, drained]);
    expect(order).toEqual(['committed', 'committed', 'drained']);
    await committer.drain();
  });
});

describe('refuses', () => {
  test('at once what its bounds cannot hold, and takes it again when there is room', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const held = [committer.commit('w', batchOf(20), 0), committer.commit('w', batchOf(10), 0)];
    await expect(committer.commit('w', batchOf(1), 0)).rejects.toThrow(OverloadedError);
    expect(committer.load().events).toBe(30);
    ledger.open();
    await Promise.all(held);
    expect(committer.load()).toEqual({ events: 0, bytes: 0 });
    expect((await committer.commit('w', batchOf(1), 0)).accepted).toHaveLength(1);
  });

  test('what is too large in bytes', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    const held = committer.commit('w', batchOf(1), 90_000);
    await expect(committer.commit('w', batchOf(1), 9_000)).rejects.toThrow(OverloadedError);
    ledger.open();
    await held;
  });

  test('all who wait when the store is gone, and none of those who come after', async () => {
    const ledger = createGatedLedger();
    const committer = createGroupCommit({ ledger }, LIMITS);
    ledger.failNext(new StoreUnavailableError('gone', { isTransient: false }));
    const all = ['a', 'b', 'a'].map((workspaceId) => committer.commit(workspaceId, batchOf(1), 0));
    ledger.open();
    expect((await Promise.allSettled(all)).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(ledger.groups).toEqual(['a: 1']);
    expect(committer.load()).toEqual({ events: 0, bytes: 0 });
    expect((await committer.commit('w', batchOf(1), 0)).accepted).toHaveLength(1);
  });
});

describe('protects', () => {
  test('a batch from the one it happened to wait beside', async () => {
    const ledger = createGatedLedger();
    const poison = batchOf(1);
    ledger.refuse(poison);
    const committer = createGroupCommit({ ledger }, LIMITS);
    const first = committer.commit('w', batchOf(2), 0);
    const outcomes = Promise.allSettled([
      committer.commit('w', batchOf(3), 0),
      committer.commit('w', poison, 0),
      committer.commit('w', batchOf(4), 0),
    ]);
    ledger.open();
    await first;
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

type GatedLedger = {
  readonly groups: string[];
  append(workspaceId: string, submissions: readonly Submission[]): Promise<readonly Settlement[]>;
  /** Until then, whoever appends waits. */
  open(): void;
  failNext(error: Error): void;
  refuse(submission: Submission): void;
};

function createGatedLedger(): GatedLedger {
  const groups: string[] = [];
  const failures: Error[] = [];
  const refused = new Set<Submission>();
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    groups,
    open: () => open(),
    failNext: (error) => void failures.push(error),
    refuse: (submission) => void refused.add(submission),
    append: async (workspaceId, submissions) => {
      groups.push(`${workspaceId}: ${submissions.map(({ entries }) => entries.length).join('+')}`);
      const failure = failures.shift() ?? (submissions.some((submission) => refused.has(submission)) ? new RangeError('no') : undefined);
      await gate;
      if (failure) throw failure;
      return submissions.map(({ entries }) => ({ accepted: entries, duplicates: 0, conflicts: 0 }));
    },
  };
}

/** Entries whose contents nobody reads here. */
function batchOf(events: number): Submission {
  const entries = Array.from({ length: events }, (_, index) => ({ contentHash: BigInt(index) }) as LedgerEntry);
  return { receivedAtMs: 0, entries, customers: [], losses: [], rejected: 0 };
}
