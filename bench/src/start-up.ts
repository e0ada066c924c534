/** What a fresh process pays for the SDK: its import and its `init`, beside one that does neither. */
const { BENCH_SIDE: side, BENCH_KEY: apiKey = '' } = process.env;

const cpu = process.cpuUsage();
if (side === 'observed') {
  const { init } = await import('llmobserve');
  init({ apiKey, collectorUrl: 'http://127.0.0.1:9' });
}
const { user, system } = process.cpuUsage(cpu);
process.send?.((user + system) / 1000);
// What follows is not the start any more.
process.exit(0);
