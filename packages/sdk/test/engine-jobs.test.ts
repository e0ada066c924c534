import { onTestFinished, expect, test } from 'vitest';
import { startScriptedCollector } from './support/scripted-collector.ts';
import { startTestEngine } from './support/start-test-engine.ts';

test('two processes that look at one batch make one event of it', async () => {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  for (const jobId of ['openai batch_1', 'openai batch_1', 'openai batch_2']) {
    const { engine, capture } = startTestEngine({ collectorUrl: collector.url });
    capture({ kind: 'batch', jobId });
    expect(await engine.flush(2_000)).toBe(true);
  }
  expect(collector.stored.size).toBe(2);
  for (const id of collector.stored) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
