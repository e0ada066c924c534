import { agent, run, tool, track, withCustomer } from '../../../src/index.ts';
import { recordCalls } from '../../../src/testing.ts';
import { pause } from './record-events.ts';

const calls = recordCalls();

async function* write(): AsyncGenerator<number> {
  track({ provider: 'x', operation: 'write', usage: {} });
  yield 1;
  await pause(1);
  track({ provider: 'x', operation: 'write', usage: {} });
}

await Promise.all(
  Array.from({ length: 100 }, (_, index) =>
    withCustomer(`c${index}`, () =>
      run('r', async () => {
        const words = agent('writer', write);
        await Promise.all([tool('search', () => pause(20)), pause(index % 3)]);
        for await (const _word of words);
      }),
    ),
  ),
);
await calls.settled();
const byId = new Map(calls.sections.map((section) => [section.spanId, section]));
const isInPlace = (event: (typeof calls.events)[number], parent: string): boolean => {
  const above = byId.get(event.parentSpanId);
  return above?.customer === event.customer && above?.traceId === event.traceId && above?.operation === parent;
};
const lasting = calls.sections.filter(({ operation, durationMs = 0 }) => operation === 'tool' && durationMs >= 15);
console.log(
  JSON.stringify({
    calls: calls.events.filter((event) => event.section === 'agent:writer' && isInPlace(event, 'agent')).length,
    sections: calls.sections.filter((section) => section.operation === 'run' || isInPlace(section, 'run')).length,
    lasting: lasting.length,
  }),
);
await calls.stop();
