import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { init, shutdown, stats, track, withFlush } from '../../src/index.ts';
import { startScriptedCollector, type ScriptedCollector } from '../support/scripted-collector.ts';
import { startChatProvider } from '../support/start-chat-provider.ts';
import { KEY } from '../support/start-test-engine.ts';

/** A platform that gathers what a request waits for, in the way of Next.js and Vercel. */
function startPlatform(name: string): { serve<Result>(handler: () => Result): { result: Result; kept: readonly Promise<unknown>[] } } {
  const requests = new AsyncLocalStorage<{ waitUntil(work: Promise<unknown>): void }>();
  const context = Symbol.for(name);
  Reflect.set(globalThis, context, { get: () => requests.getStore() });
  onTestFinished(() => void Reflect.deleteProperty(globalThis, context));
  return {
    serve(handler) {
      const kept: Promise<unknown>[] = [];
      return { result: requests.run({ waitUntil: (work) => void kept.push(work) }, handler), kept };
    },
  };
}

/** The timer of the queue never comes: only what somebody waits for is delivered, as in a frozen process. */
async function startFrozen(): Promise<ScriptedCollector> {
  const collector = await startScriptedCollector();
  init({ apiKey: KEY, collectorUrl: collector.url, flushIntervalMs: 60_000, spool: false });
  onTestFinished(async () => {
    await shutdown();
    await collector.close();
  });
  return collector;
}

async function chat(providerUrl: string, prompt: string): Promise<string> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: prompt }] });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${providerUrl}/v1/chat/completions`, { method: 'POST', headers, body });
  return answer.text();
}

describe('a handler in withFlush', () => {
  test('answers what it answers, once its calls have arrived', async () => {
    const collector = await startFrozen();
    const providerUrl = await startChatProvider();
    const handler = withFlush(async (event: { readonly name: string }) => {
      await chat(providerUrl, 'quick');
      return `hello ${event.name}`;
    });
    expect(await handler({ name: 'Ada' })).toBe('hello Ada');
    expect(collector.stored.size).toBe(1);
  });

  test('throws what it throws, and its calls have arrived too', async () => {
    const collector = await startFrozen();
    const providerUrl = await startChatProvider();
    const fault = new Error('the app’s own');
    const handler = withFlush(async () => {
      await chat(providerUrl, 'quick');
      throw fault;
    });
    await expect(handler()).rejects.toBe(fault);
    expect(collector.stored.size).toBe(1);
  });

  test.each([
    ['its answer', undefined, 'done'],
    ['its error', new Error('no'), undefined],
  ])('may call back with %s, as older ones do', async (_kind, error, answer) => {
    const collector = await startFrozen();
    const handler = withFlush((_event: unknown, _context: unknown, callback: (error: unknown, answer?: unknown) => void) => {
      track({ provider: 'twilio', operation: 'sms', usage: { requests: 1 } });
      setTimeout(() => callback(error, answer), 5);
    });
    const called = handler({}, {}, () => expect.unreachable());
    if (error) await expect(called).rejects.toBe(error);
    else expect(await called).toBe(answer);
    expect(collector.stored.size).toBe(1);
  });

  test('gets its context where it streams its answer, and no callback where it was given none', async () => {
    await startFrozen();
    const context = { awsRequestId: 'r1' };
    const streaming = withFlush(async (_event: unknown, stream: string[], given: typeof context) => stream.push(given.awsRequestId));
    const stream: string[] = [];
    expect(await streaming({}, stream, context)).toBe(1);
    expect(stream).toEqual(['r1']);
    const optional = withFlush((_event: unknown, _context: unknown, callback: (() => void) | undefined) => typeof callback);
    expect(await Reflect.apply(optional, undefined, [{}, {}])).toBe('undefined');
  });

  test('is held up by a collector that does not answer no longer than two seconds', async () => {
    const collector = await startFrozen();
    collector.script(() => 'silent');
    const handler = withFlush(() => track({ provider: 'twilio', operation: 'sms', usage: { requests: 1 } }));
    const startMs = performance.now();
    await handler();
    expect(performance.now() - startMs).toBeLessThan(3000);
    expect(stats().queued).toBeGreaterThan(0);
  });

  test('answers at once where the platform waits in the background', async () => {
    const collector = await startFrozen();
    collector.script(() => 'silent');
    const platform = startPlatform('@vercel/request-context');
    const handler = withFlush(() => track({ provider: 'twilio', operation: 'sms', usage: { requests: 1 } }));
    const { result, kept } = platform.serve(handler);
    await result;
    expect(kept).toHaveLength(1);
    collector.script(() => undefined);
  });
});

describe('without a word of the app', () => {
  test.each(['@vercel/request-context', '@next/request-context'])(
    '%s keeps the process until the calls of a request have arrived',
    async (name) => {
      const collector = await startFrozen();
      const providerUrl = await startChatProvider();
      const platform = startPlatform(name);
      const { result, kept } = platform.serve(() => Promise.all([chat(providerUrl, 'slow'), chat(providerUrl, 'quick')]));
      expect(await result).toHaveLength(2);
      expect(kept.length).toBeGreaterThan(0);
      await Promise.all(kept);
      expect(collector.stored.size).toBe(2);
    },
  );

  test('a platform that throws is no harm to the call', async () => {
    await startFrozen();
    const providerUrl = await startChatProvider();
    const context = Symbol.for('@vercel/request-context');
    const broken = {
      get: () => {
        throw new Error('outside of a request');
      },
    };
    Reflect.set(globalThis, context, broken);
    onTestFinished(() => void Reflect.deleteProperty(globalThis, context));
    expect(await chat(providerUrl, 'quick')).toContain('chatcmpl');
  });
});
