import { makeBatch } from '@llmobserve/testkit';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAdmission, type Admission } from '../../src/ingest/index.ts';
import { jsonBody, newWorkspace, type Workspace } from './new-workspace.ts';
import { after, useApp } from './start-app.ts';

const LIMITS = { maxBytes: 1_000_000, maxWaiting: 1, maxWaitMs: 100, slowAfterMs: 300 };
const admission: Admission = createAdmission({ after }, LIMITS);
const app = useApp({ admission });

afterEach(async () => {
  await vi.waitFor(() => expect(admission.load()).toEqual({ bytes: 0, waiting: 0 }));
});

describe('when more is sent at once than fits', () => {
  test('a batch is refused before its body is read, with the time to come back', async () => {
    const workspace = await newWorkspace(app());
    const holder = begin(workspace, 900_000);
    await vi.waitFor(() => expect(admission.load().bytes).toBe(900_000));
    const refused = begin(workspace, 200_000);
    const [answer] = (await once(refused, 'response')) as [IncomingMessage];
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(await readText(answer))).toMatchObject({ code: 'overloaded' });
    for (const sender of [holder, refused]) sender.destroy();
  });

  test('a sender that dawdles holds nobody up', async () => {
    const workspace = await newWorkspace(app());
    const dawdler = begin(workspace, 999_000);
    dawdler.write('{');
    await vi.waitFor(() => expect(admission.load().bytes).toBe(1));
    expect((await workspace.fetch('/v1/events', jsonBody(makeBatch(100)))).status).toBe(200);
    dawdler.destroy();
  });

  test('a sender that leaves while it waits leaves no trace', async () => {
    const workspace = await newWorkspace(app());
    const holder = begin(workspace, 999_000);
    await vi.waitFor(() => expect(admission.load().bytes).toBe(999_000));
    const leaver = begin(workspace, 200_000);
    await vi.waitFor(() => expect(admission.load().waiting).toBe(1));
    for (const sender of [leaver, holder]) sender.destroy();
  });

  test('a small gzip that becomes large is refused once it fills the room', async () => {
    const workspace = await newWorkspace(app());
    const holder = begin(workspace, 100_000);
    await vi.waitFor(() => expect(admission.load().bytes).toBe(100_000));
    const body = gzipSync(Buffer.alloc(4_000_000, ' '));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await workspace.fetch('/v1/events', { method: 'POST', headers, body });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    holder.destroy();
  });
});

/** Says how much it will send, and sends nothing yet. */
function begin({ key }: Workspace, lengthBytes: number): ClientRequest {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': lengthBytes };
  const sender = request(`${app().url}/v1/events`, { method: 'POST', headers, agent: false });
  sender.on('error', () => {});
  sender.flushHeaders();
  return sender;
}

async function readText(answer: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}
