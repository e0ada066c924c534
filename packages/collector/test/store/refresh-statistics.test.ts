import { makeEvent } from '@llmobserve/testkit';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { learnRowSpread } from '../../src/jobs/index.ts';
import { refreshStatistics } from '../../src/store/index.ts';
import { createPipeline, newSender } from '../batch-maker.ts';
import { onBothEngines } from '../on-both-engines.ts';

onBothEngines('the spread of rows', (database) => {
  test('is known to the planner after the job, on an engine that would not learn it by itself', async () => {
    const sender = newSender();
    await createPipeline(database()).accept(sender, { events: Array.from({ length: 1_000 }, () => makeEvent({ customer: 'acme' })) });
    await learnRowSpread({ refreshStatistics: () => refreshStatistics(database()) }).run();
    const [row] = await database().query<{ learned: number }>(sql`
      SELECT count(*)::int AS learned FROM pg_stats WHERE tablename = 'trace_events' AND attname IN ('workspace_id', 'started_at')
    `);
    expect(row?.learned).toBe(database().engine === 'embedded' ? 2 : 0);
  });
});
