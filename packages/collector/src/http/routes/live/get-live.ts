import type { LiveEvent } from '@llmobserve/protocol';
import { Hono } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';

import { inBackground } from '../../../in-background.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate, findCaller } from '../../middleware/authenticate.ts';
import { liveEvent } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';
import { createLiveQueue, type LiveQueue } from './create-live-queue.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /v1/live`: every call of the workspace as it is committed, as server-sent events. */
export function getLive(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Calls as they are committed, as server-sent events `call`; `skipped` tells a slow reader how many it missed.',
    tag: 'Reads',
    needs: 'read',
    answers: { 200: liveEvent },
    mediaType: 'text/event-stream',
  });
  return new Hono<AppEnv>().get('/v1/live', description, authenticate(services, 'read'), (c) => {
    // Nobody would read what follows the head, and nobody would end it.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const queue = createLiveQueue();
    const unsubscribe = services.liveFeed.subscribe(c.get('caller').workspace.id, queue.put);
    // Whoever signed out, or whose key was revoked, hears no more than one heartbeat longer.
    // Both outcomes are dealt with by the queue.
    const beat = (): void => inBackground(findCaller(services, c).then(queue.beat, queue.end), () => undefined);
    const stopBeating = services.every(HEARTBEAT_MS, beat);
    services.draining.addEventListener('abort', queue.end);
    services.metrics.noteLiveClients(1);
    const leave = (): void => {
      unsubscribe();
      stopBeating();
      services.draining.removeEventListener('abort', queue.end);
      services.metrics.noteLiveClients(-1);
    };
    if (services.draining.aborted) queue.end();
    // Proxies that gather answers would hold back every call.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      stream.onAbort(queue.end);
      await writeCalls(stream, queue).finally(leave);
    });
  });
}

/** Each write waits for the reader, so that only the queue grows when it is slow, and the queue is bounded. */
async function writeCalls(stream: SSEStreamingApi, queue: LiveQueue): Promise<void> {
  await stream.write(': connected\n\n');
  for (let turn = await queue.take(); turn; turn = await queue.take()) {
    if (turn.skipped > 0) await stream.writeSSE({ event: 'skipped', data: JSON.stringify({ calls: turn.skipped }) });
    for (const event of turn.events) await writeCall(stream, event);
    if (turn.isHeartbeat) await stream.write(': still here\n\n');
  }
}

function writeCall(stream: SSEStreamingApi, event: LiveEvent): Promise<void> {
  return stream.writeSSE({ event: 'call', id: event.id, data: JSON.stringify(event) });
}
