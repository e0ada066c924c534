import { describe, expect, test } from 'vitest';
import { keepPartitionsAhead, startScheduler, type Job } from '../../src/jobs/index.ts';

describe('a scheduler', () => {
  test('runs a job at each of its turns, and never twice at once', async () => {
    const turns = createTurns();
    const running: (() => void)[] = [];
    const job: Job = { name: 'slow', everyMs: 100, run: () => new Promise((resolve) => running.push(resolve)) };
    const scheduler = startScheduler({ log: SILENT, every: turns.every }, [job]);
    turns.come();
    turns.come();
    expect(running).toHaveLength(1);
    running[0]?.();
    await settled();
    turns.come();
    expect(running).toHaveLength(2);
    running[1]?.();
    await scheduler.stop();
  });

  test('tells of a job that failed, and tries it again in its next turn', async () => {
    const turns = createTurns();
    const told: object[] = [];
    let tries = 0;
    const job: Job = { name: 'flaky', everyMs: 100, run: () => Promise.reject(new Error(`try ${(tries += 1)}`)) };
    const scheduler = startScheduler({ log: { error: (fields) => void told.push(fields) }, every: turns.every }, [job]);
    turns.come();
    await settled();
    turns.come();
    await scheduler.stop();
    expect(told).toEqual([
      { err: new Error('try 1'), job: 'flaky' },
      { err: new Error('try 2'), job: 'flaky' },
    ]);
  });

  test('stops after what runs has ended, and starts nothing more', async () => {
    const turns = createTurns();
    const order: string[] = [];
    let finish = () => {};
    const job: Job = {
      name: 'slow',
      everyMs: 100,
      run: () => new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push('job')),
    };
    const scheduler = startScheduler({ log: SILENT, every: turns.every }, [job]);
    turns.come();
    const stopped = scheduler.stop().then(() => order.push('stopped'));
    turns.come();
    finish();
    await stopped;
    expect(order).toEqual(['job', 'stopped']);
  });
});

test('the partition job tells of months that were made and of those that could not be', async () => {
  const lines: string[] = [];
  const job = keepPartitionsAhead({
    clock: { nowMs: () => 7 },
    makePartitions: async (nowMs) => [
      { name: `at-${nowMs}`, outcome: 'made' },
      { name: 'old', outcome: 'there' },
      { name: 'big', outcome: 'full' },
    ],
    log: {
      info: (fields, message) => void lines.push(`${JSON.stringify(fields)} ${message}`),
      warn: (fields, message) => void lines.push(`${JSON.stringify(fields)} ${message}`),
    },
  });
  await job.run();
  expect(lines).toEqual([
    '{"partition":"at-7"} made a partition',
    '{"partition":"big"} a month stays in the default partition: too many of its events are there',
  ]);
});

const SILENT = { error: () => {} };

/** A clock whose turns come when the test says so. */
function createTurns(): { every(intervalMs: number, work: () => void): () => void; come(): void } {
  const works = new Set<() => void>();
  return {
    come: () => works.forEach((work) => work()),
    every: (_intervalMs, work) => {
      works.add(work);
      return () => void works.delete(work);
    },
  };
}

/** Everything that is only a promise away has happened then. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
