import { flush, init, shutdown, stats, withCustomer } from '../../src/index.ts';

/** An app that makes some calls and ends in the way it is told to. */
const [ending = 'return', providerUrl = ''] = process.argv.slice(2);

const endings: Readonly<Record<string, () => unknown>> = {
  return: () => {},
  exit: () => process.exit(3),
  'exit without a spool': () => {
    init({ spool: false });
    process.exit(3);
  },
  'exit with a call under way': () => {
    void call('slow');
    setTimeout(() => process.exit(3), 100);
  },
  'exit code': () => {
    process.exitCode = 4;
  },
  throw: () => {
    setTimeout(() => {
      throw new Error('the app’s own');
    });
  },
  reject: () => Promise.reject(new Error('the app’s own')),
  wait: stayAlive,
  'wait with a handler': () => {
    const stop = stayAlive();
    process.once('SIGTERM', () => {
      say('own handler');
      process.exitCode = 7;
      setTimeout(stop, 200);
    });
  },
  'wait with a handler that exits': () => {
    stayAlive();
    process.once('SIGTERM', () => process.exit(9));
  },
  'wait with a handler that counts': () => {
    stayAlive();
    const onSignal = (): void => {
      if (process.listenerCount('SIGTERM') > 1) return;
      process.off('SIGTERM', onSignal);
      process.kill(process.pid, 'SIGTERM');
    };
    process.on('SIGTERM', onSignal);
  },
  'wait with a call under way': () => {
    stayAlive();
    void call('slow').then(() => say('call ended'));
  },
  'flush and exit': async () => {
    say(`flushed ${await flush(1500)}`);
    process.exit(0);
  },
  'shut down': () => shutdown(),
  'a failure at the end': () => call('busy'),
  'more work at the end': () => {
    process.once('beforeExit', () => void call('late'));
  },
};

init({ flushIntervalMs: 30_000 });
if (ending !== 'nothing') await Promise.all(['a', 'b', 'c'].map((customer) => withCustomer(customer, () => call('quick'))));
say(`captured ${stats().captured}`);
await endings[ending]?.();

async function call(prompt: string): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }] });
  const headers = { 'content-type': 'application/json' };
  await (await fetch(`${providerUrl}/v1/chat/completions`, { method: 'POST', headers, body })).json();
}

function stayAlive(): () => void {
  const timer = setInterval(() => {}, 1000);
  return () => clearInterval(timer);
}

function say(line: string): void {
  console.log(line);
}
