import { createRequire } from 'node:module';

const { BENCH_SIDE: side, BENCH_PROVIDER_URL: providerUrl, BENCH_SINK_URL: sinkUrl, BENCH_KEY: apiKey } = process.env;
const { start } = await import(`./sides/${side}.mjs`);

const before = process.cpuUsage();
const observer = start({ apiKey, providerUrl, sinkUrl });
const startCpuMs = cpuUs(before) / 1000;
// Required after the observer, as instrumentations ask for.
const OpenAI = createRequire(import.meta.url)('openai').default;
const client = observer.observe(new OpenAI({ apiKey: 'sk-bench', baseURL: `${providerUrl}/v1`, maxRetries: 0 }));

process.on('message', (order) => {
  void carryOut(order).then((outcome) => process.send(outcome));
});
process.send({ startCpuMs });

/** CPU of this process for one call, with everything its observer does for it, to the last byte sent. */
async function carryOut({ kind, calls, inFlight }) {
  const usedBefore = process.cpuUsage();
  let started = 0;
  async function work(index) {
    while (started < calls) {
      started += 1;
      await observer.withCustomer(`customer-${index}`, () => call(kind));
    }
  }
  await Promise.all(Array.from({ length: inFlight }, (_, index) => work(index)));
  await observer.flush();
  return { cpuUs: cpuUs(usedBefore) / calls };
}

async function call(kind) {
  const ask = { model: 'gpt-4o', messages: [{ role: 'user', content: 'What does it cost?' }] };
  if (kind === 'plain') return void (await client.chat.completions.create(ask));
  let seen = 0;
  for await (const chunk of await client.chat.completions.create({ ...ask, stream: true, stream_options: { include_usage: true } })) {
    seen += chunk.choices.length;
  }
  if (seen === 0) throw new Error('the stream was empty');
}

function cpuUs(since) {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}
