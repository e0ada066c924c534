import type { Problem, Scope } from '@llmobserve/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import { draftKey } from '../../src/services/index.ts';
import { insertApiKey } from '../../src/store/index.ts';
import { workspaces } from '../../src/store/schema/index.ts';
import type { RunningApp } from './start-app.ts';

export type WorkspaceOptions = { readonly timeZone?: string; readonly scopes?: readonly Scope[]; readonly environment?: string };

/** A workspace that nobody else uses, and what its key can ask. */
export type Workspace = {
  readonly id: string;
  readonly key: string;
  readonly keyId: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The answer of a read that has to succeed. */
  get<Answer>(path: string): Promise<Answer>;
  /** The problem of a request that has to fail. */
  problem(path: string, init?: RequestInit): Promise<Problem>;
  send(...events: readonly unknown[]): Promise<Response>;
};

export async function newWorkspace(app: RunningApp, options: WorkspaceOptions = {}): Promise<Workspace> {
  const id = randomUUID();
  const { timeZone = 'UTC' } = options;
  await app.database.orm.insert(workspaces).values({ id, name: 'Test', slug: id, timeZone, createdAt: new Date() });
  const { key, keyId } = await newKey(app, id, options);
  return { id, key, keyId, ...asker(app.url, { authorization: `Bearer ${key}` }) };
}

export async function newKey(
  app: RunningApp,
  workspaceId: string,
  options: WorkspaceOptions = {},
): Promise<{ key: string; keyId: string }> {
  const { row, shown } = draftKey(
    { randomBytes, randomUuid: randomUUID, clock: { nowMs: () => Date.now() } },
    {
      name: 'test',
      environment: options.environment,
      scopes: options.scopes ?? ['ingest', 'read', 'admin'],
      createdBy: undefined,
      expiresAtMs: undefined,
    },
  );
  await insertApiKey(app.database, workspaceId, row);
  return { key: shown.key, keyId: shown.id };
}

export function asker(url: string, headers: Readonly<Record<string, string>>): Pick<Workspace, 'fetch' | 'get' | 'problem' | 'send'> {
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { redirect: 'manual', ...init, headers: { ...headers, ...(init.headers as Record<string, string> | undefined) } });
  return {
    fetch: ask,
    get: async <Answer>(path: string) => {
      const response = await ask(path);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    problem: async (path, init) => {
      const response = await ask(path, init);
      if (response.ok) throw new Error(`${path} was answered with ${response.status}`);
      return (await response.json()) as Problem;
    },
    send: (...events) => ask('/v1/events', jsonBody({ events })),
  };
}

/** A POST with a JSON body. */
export function jsonBody(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
