import OpenAI from 'openai';
import { median } from './median.ts';

/** What the bench asks of an app: so many calls, so many at a time. */
export type Order = { readonly kind: 'plain' | 'stream'; readonly calls: number; readonly inFlight: number };
export type Outcome = {
  readonly cpuUs: number;
  readonly captured: number;
  readonly lost: number;
  /** From the call to the first chunk that the app sees; 0 where nothing streams. */
  readonly firstChunkUs: number;
  /** The most this process ever held. */
  readonly peakRssBytes: number;
  /** What lives after the garbage is gone; with `--expose-gc` only. */
  readonly heapBytes: number;
};

const providerUrl = process.env['BENCH_PROVIDER_URL'] ?? '';
const collectorUrl = process.env['BENCH_COLLECTOR_URL'];
const sdk = collectorUrl ? await startSdk(collectorUrl) : undefined;
const openai = new OpenAI({ apiKey: 'sk-bench', baseURL: `${providerUrl}/v1`, maxRetries: 0 });

process.on('message', (order: Order) => {
  void carryOut(order).then((outcome) => process.send?.(outcome));
});
process.send?.('ready');

async function startSdk(collector: string) {
  const { flush, init, stats, withCustomer } = await import('llmobserve');
  init({ apiKey: process.env['BENCH_KEY'] ?? '', collectorUrl: collector, providers: { [new URL(providerUrl).host]: 'openai' } });
  return { flush, stats, withCustomer };
}

/** CPU of this process for one call, with everything the SDK does for it: reading, queueing, packing and sending. */
async function carryOut({ kind, calls, inFlight }: Order): Promise<Outcome> {
  const before = process.cpuUsage();
  const capturedBefore = sdk?.stats().captured ?? 0;
  const firstChunksUs: number[] = [];
  let started = 0;
  const worker = async (_: unknown, index: number) => {
    const customer = `customer-${index}`;
    while (started < calls) {
      started += 1;
      const firstChunkUs = await (sdk ? sdk.withCustomer(customer, () => call(kind)) : call(kind));
      if (firstChunkUs > 0) firstChunksUs.push(firstChunkUs);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  await sdk?.flush();
  const used = process.cpuUsage(before);
  const { captured, lost } = sdk?.stats() ?? { captured: 0, lost: {} };
  return {
    cpuUs: (used.user + used.system) / calls,
    captured: captured - capturedBefore,
    lost: Object.values(lost).reduce((sum, count) => sum + count, 0),
    firstChunkUs: firstChunksUs.length > 0 ? median(firstChunksUs) : 0,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    heapBytes: liveHeapBytes(),
  };
}

async function call(kind: Order['kind']): Promise<number> {
  const ask = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'What does it cost?' }] };
  if (kind === 'plain') {
    await openai.chat.completions.create(ask);
    return 0;
  }
  const startedMs = performance.now();
  let firstChunkMs = 0;
  const chunks = await openai.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } });
  for await (const _chunk of chunks) firstChunkMs ||= performance.now();
  if (firstChunkMs === 0) throw new Error('the stream was empty');
  return (firstChunkMs - startedMs) * 1000;
}

function liveHeapBytes(): number {
  if (typeof globalThis.gc !== 'function') return 0;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
