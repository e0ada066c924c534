import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CostReport, Page, PricedEvent } from '@llmobserve/protocol';
import { startCollector, type Collector } from '@llmobserve/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../support/make-temporary-folder.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';

const APP = fileURLToPath(new URL('./support/queue-app.ts', import.meta.url));

/** Runs the app in a process of its own until it has sent all it captured. */
async function runApp(collector: Collector, role: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, NODE_OPTIONS: '', LLMOBSERVE_API_KEY: collector.key, LLMOBSERVE_COLLECTOR_URL: collector.url };
  const app = spawn(process.execPath, ['--conditions=llmobserve-source', APP, role, ...args], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  onTestFinished(() => void app.kill('SIGKILL'));
  const [code] = await once(app, 'exit');
  expect(code).toBe(0);
}

async function read<Answer>(collector: Collector, path: string): Promise<Answer> {
  const response = await fetch(`${collector.url}${path}`, { headers: { authorization: `Bearer ${collector.key}` } });
  // Safe because the collector's own tests hold its answers to these types.
  return (await response.json()) as Answer;
}

test(
  'a run that goes through a queue and three pieces of work in two processes is one tree, and only its calls count',
  { timeout: 60_000 },
  async () => {
    const [collector, provider] = await Promise.all([startCollector(), startChatProvider()]);
    onTestFinished(async () => void (await collector.stop()));
    const queueFile = join(makeTemporaryFolder(), 'queue.jsonl');
    await runApp(collector, 'produce', [provider, queueFile]);
    await runApp(collector, 'consume', [provider, queueFile]);

    const { items } = await read<Page<PricedEvent>>(collector, '/v1/events?limit=50');
    const traceId = createHash('sha256').update('job-7').digest('hex').slice(0, 32);
    const tree = items.filter((event) => event.traceId === traceId);
    const nameOf = (spanId: string | undefined): string | undefined => {
      const event = tree.find((each) => each.spanId === spanId);
      return event && `${event.operation} ${event.section ?? ''}`.trim();
    };
    const places = tree.map((event) => [nameOf(event.spanId), nameOf(event.parentSpanId)]);
    expect(places).toHaveLength(7);
    expect(places).toEqual(
      expect.arrayContaining([
        ['run', undefined],
        ['agent agent:planner', 'run'],
        ['chat agent:planner', 'agent agent:planner'],
        ['tool agent:planner/tool:search', 'agent agent:planner'],
        ['chat agent:planner/tool:search', 'tool agent:planner/tool:search'],
        ['chat', 'run'],
      ]),
    );
    expect(new Set(tree.map((event) => `${event.customer} ${event.run} ${JSON.stringify(event.attributes)}`))).toEqual(
      new Set(['acme research {"runId":"job-7"}']),
    );
    expect(items.filter((event) => event.traceId !== traceId)).toMatchObject([{ operation: 'chat' }]);

    const { total, groups, proof } = await read<CostReport>(collector, '/v1/costs?groupBy=section');
    expect(total.calls).toBe(4);
    const sections = groups.map(({ key, calls }) => [key['section'], calls] as const);
    expect(new Map(sections)).toEqual(
      new Map([
        [null, 2],
        ['agent:planner', 1],
        ['agent:planner/tool:search', 1],
      ]),
    );
    // What came includes the four pieces of the tree that are no calls.
    expect(proof).toMatchObject({ received: 8, unpriced: 0, unattributed: 1, lost: 0 });
  },
);
