import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { flush, init, stats, track } from '../../src/index.ts';

/**
 * An app whose calls stand in a ledger of its own: `work` goes on until it is killed, `deliver` waits until nothing is left.
 * What a ledger line says has happened in the app when it is written.
 */
const [task = 'deliver', spool = '', providerUrl = '', ledger = ''] = process.argv.slice(2);
const TRACKED_AT_ONCE = 5;
const EVERY_MS = 10;

init({ spool: spool === 'off' ? false : spool || undefined, ...(task === 'deliver' && { flushIntervalMs: 10 }) });
if (task === 'work') setInterval(work, EVERY_MS);
else process.stdout.write(JSON.stringify({ isDone: await flush(10_000), ...stats() }));

function work(): void {
  for (let count = 0; count < TRACKED_AT_ONCE; count += 1) {
    const id = randomUUID();
    track({ provider: 'twilio', operation: 'sms', usage: { requests: 1 }, id });
    note(id);
  }
  void call();
}

async function call(): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'quick' }] });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${providerUrl}/v1/chat/completions`, { method: 'POST', headers, body });
  // Safe because the provider of this test always answers so.
  note(((await answer.json()) as { id: string }).id);
}

function note(id: string): void {
  appendFileSync(ledger, `${Date.now()} ${id}\n`);
}
