import { makeEvent } from '@llmobserve/testkit';
import { describe, expect, test } from 'vitest';
import { createLiveQueue } from '../../src/http/routes/live/create-live-queue.ts';
import { liveEvent } from '../../src/http/schemas/answers.ts';
import { newWorkspace, type Workspace } from './new-workspace.ts';
import { startApp, useApp } from './start-app.ts';

const app = useApp();

type Stream = { readonly response: Response; read(): Promise<string | undefined>; close(): void };

/** Opens the live view; `read` gives one message after the other. */
async function listen(workspace: Workspace): Promise<Stream> {
  const controller = new AbortController();
  const response = await workspace.fetch('/v1/live', { signal: controller.signal });
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = async (): Promise<string | undefined> => {
    while (!text.includes('\n\n')) {
      // The stream gives its pieces one by one.
      const { value, done } = await reader.read();
      if (done) return undefined;
      text += value;
    }
    const [message = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    return message;
  };
  expect(await read()).toBe(': connected');
  return { response, read, close: () => controller.abort() };
}

describe('the live view', () => {
  test('tells of a call when it is committed, and of nothing elsewhere', async () => {
    const [workspace, elsewhere] = [await newWorkspace(app()), await newWorkspace(app())];
    const stream = await listen(workspace);
    await elsewhere.send(makeEvent({ customer: 'not-ours' }));
    await workspace.send(makeEvent({ customer: 'acme' }));
    const [event, payload, id] = (await stream.read())?.split('\n') ?? [];
    expect(event).toBe('event: call');
    const shown: unknown = JSON.parse(payload?.replace('data: ', '') ?? '');
    expect(liveEvent.safeParse(shown).error?.issues).toBeUndefined();
    expect(shown).toMatchObject({ customer: 'acme', costUsd: '0.005120000000', quality: 'exact' });
    expect(id).toMatch(/^id: [0-9a-f-]{36}$/);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(stream.response.headers.get('content-security-policy')).toContain("default-src 'self'");
    stream.close();
  });

  test('beats, and ends for a key that was revoked meanwhile', async () => {
    const workspace = await newWorkspace(app());
    const stream = await listen(workspace);
    app().tick();
    expect(await stream.read()).toBe(': still here');
    expect((await workspace.fetch(`/v1/api-keys/${workspace.keyId}`, { method: 'DELETE' })).status).toBe(204);
    app().tick();
    expect(await stream.read()).toBeUndefined();
  });

  test('ends when the collector drains', async () => {
    const draining = await startApp({ database: app().database });
    const stream = await listen(await newWorkspace(draining));
    draining.drain();
    expect(await stream.read()).toBeUndefined();
    expect((await fetch(`${draining.url}/ready`)).status).toBe(503);
    await draining.close();
  });
});

describe('its queue', () => {
  const event = (id: string) => ({ id }) as Parameters<ReturnType<typeof createLiveQueue>['put']>[0];

  test('keeps the newest 500 and counts what it dropped', async () => {
    const queue = createLiveQueue();
    for (let index = 0; index < 510; index += 1) queue.put(event(String(index)));
    const turn = await queue.take();
    expect([turn?.events.length, turn?.events[0]?.id, turn?.skipped]).toEqual([500, '10', 10]);
  });

  test('wakes who waits, and gives nothing after its end', async () => {
    const queue = createLiveQueue();
    const waiting = queue.take();
    queue.put(event('a'));
    expect((await waiting)?.events).toHaveLength(1);
    const last = queue.take();
    queue.end();
    expect(await last).toBeUndefined();
    expect(await queue.take()).toBeUndefined();
  });
});
