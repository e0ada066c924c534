import { EventEmitter, on, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable, Transform } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { agent, section } from '../../src/attribution/index.ts';
import { listen } from '../support/listen.ts';
import { currentScope, recordEvents } from './support/record-events.ts';

/** Where each piece of work said it stands; none of it is anybody else's. */
type Seen = (string | undefined)[];

function note(seen: Seen): void {
  seen.push(currentScope()?.section);
}

test('timers, callbacks and promises made inside belong to the section, whenever they come', async () => {
  recordEvents();
  const seen: Seen = [];
  await section('x', async () => {
    setImmediate(() => note(seen));
    process.nextTick(() => note(seen));
    queueMicrotask(() => note(seen));
    setTimeout(() => note(seen), 1);
    const interval = setInterval(() => (note(seen), clearInterval(interval)), 1);
    await later(20);
    note(seen);
  });
  expect(seen).toEqual(Array(6).fill('x'));
  expect(currentScope()).toBeUndefined();
});

test('a pipeline made inside belongs to the section, and so does what reads a socket', async () => {
  recordEvents();
  const url = await listen((_request, response) => void pipeline(Readable.from(['a', 'b']), response));
  const readAs = (name: string): Promise<Seen> =>
    agent(name, async () => {
      const seen: Seen = [];
      const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
      response.on('data', () => note(seen));
      const look = new Transform({ transform: (chunk, _encoding, done) => (note(seen), done(null, chunk)) });
      await pipeline(response, look, new PassThrough().resume());
      for await (const _word of Readable.from(['c'])) note(seen);
      return seen;
    });
  const names = ['a', 'b', 'c'];
  const all = await Promise.all(names.map(readAs));
  for (const [index, seen] of all.entries()) expect(new Set(seen)).toEqual(new Set([`agent:${names[index]}`]));
});

test('an emitter calls in the scope of whoever emits, a reader of events reads in its own', async () => {
  recordEvents();
  const emitter = new EventEmitter();
  const seen: Seen = [];
  section('listener', () => emitter.on('call', () => note(seen)));
  const read = section('reader', async () => {
    await once(emitter, 'call');
    note(seen);
    for await (const _event of on(emitter, 'call')) {
      note(seen);
      return;
    }
  });
  section('sender', () => emitter.emit('call'));
  await later(1);
  section('sender', () => emitter.emit('call'));
  await read;
  expect(seen).toEqual(['sender', 'reader', 'sender', 'reader']);
});
