import { createServer, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startTestEngine } from '../support/start-test-engine.ts';

vi.setConfig({ testTimeout: 20_000 });

/** Stands before the collector and treats the first connections as it is told; the others get through. */
async function startGate(
  collector: ScriptedCollector,
  treat: (socket: Socket) => void,
  count = 1,
): Promise<{ readonly url: string; dropAll(): void }> {
  const sockets = new Set<Socket>();
  let ordinal = 0;
  const gate = createServer({ allowHalfOpen: true }, (socket) => {
    ordinal += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (ordinal <= count) return treat(socket);
    const inner = connect(Number(new URL(collector.url).port), '127.0.0.1');
    inner.on('error', () => socket.destroy());
    socket.pipe(inner).pipe(socket);
  });
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    dropAll();
    gate.close();
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const address = gate.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, dropAll };
}

async function startCollector(): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector();
  onTestFinished(() => collector.close());
  return collector;
}

test.each<[string, (socket: Socket) => void]>([
  ['what is no HTTP', (socket) => socket.once('data', () => socket.end('\u0016\u0003\u0001 garbage\r\n\r\n'))],
  ['its end before a word', (socket) => socket.end()],
  ['its end after the request', (socket) => socket.once('data', () => socket.end())],
  ['half an answer', (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"accepted"'))],
  ['a silence with one half closed', (socket) => socket.once('data', () => socket.resume())],
  [
    'an upgrade',
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')),
  ],
  [
    'two answers at once',
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n{}')),
  ],
])('a connection that gives %s loses nothing', async (_kind, treat) => {
  const collector = await startCollector();
  const { url } = await startGate(collector, treat);
  const { engine, captureMany } = startTestEngine({ collectorUrl: url }, 20);
  captureMany(3);
  expect(await engine.flush(60_000)).toBe(true);
  expect(collector.stored.size).toBe(3);
  expect(engine.stats()).toEqual({ captured: 3, sent: 3, queued: 0, lost: {} });
});

test('a kept connection that died while the process slept costs one try more, at once and without a word', async () => {
  const collector = await startCollector();
  const gate = await startGate(collector, () => undefined, 0);
  const { engine, capture, lines } = startTestEngine({ collectorUrl: gate.url });
  capture();
  expect(await engine.flush()).toBe(true);
  gate.dropAll();
  capture();
  const startMs = performance.now();
  expect(await engine.flush()).toBe(true);
  expect(performance.now() - startMs).toBeLessThan(900);
  expect([collector.stored.size, lines]).toEqual([2, []]);
});
