import { hasControlCharacter, parseInstant, SCOPES, type ApiKeySummary, type Page } from '@llmobserve/protocol';
import { Hono } from 'hono';
import * as z from 'zod';

import { notFound, ProblemError, type Caller, type KeyWish } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { cursorInstantMs, readCursor, writeCursor } from '../../page-cursor.ts';
import { readObject } from '../../read-object.ts';
import { readQuery } from '../../read-query.ts';
import { apiKeyPage, createdApiKey } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !hasControlCharacter(text), 'must not hold control characters');
const keyWish = z.object({
  name,
  environment: name.optional(),
  scopes: z.array(z.enum(SCOPES)).min(1).default(['ingest']),
  expiresAt: z.string().optional().meta({ format: 'date-time' }),
});
const keysQuery = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
const position = z.object({ createdMs: cursorInstantMs, id: z.uuid() });

/** `POST`, `GET` and `DELETE /v1/api-keys`: the keys of a workspace. */
export function apiKeys(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const created = describeAnswers({
    summary: 'Make a key; this is the only answer that shows it.',
    tag: 'Keys',
    needs: 'admin',
    body: keyWish,
    answers: { 201: createdApiKey },
    problems: [400, 413, 415],
  });
  app.post('/v1/api-keys', created, authenticate(services, 'admin'), async (c) => {
    const caller = c.get('caller');
    const wish = readWish(await readObject(c.env.incoming, keyWish), caller, services.clock.nowMs());
    return c.json(await services.keys.create(caller.workspace.id, wish), 201);
  });
  const listed = describeAnswers({
    summary: 'Keys that may still be used, the newest first.',
    tag: 'Keys',
    needs: 'admin',
    query: keysQuery,
    answers: { 200: apiKeyPage },
    problems: [400],
  });
  app.get('/v1/api-keys', listed, authenticate(services, 'admin'), async (c) => {
    const { cursor, limit } = readQuery(keysQuery, new URL(c.req.url).searchParams);
    const { items, next } = await services.keys.list(c.get('caller').workspace.id, { after: readCursor(position, cursor), limit });
    return c.json({ items, ...(next ? { nextCursor: writeCursor(next) } : {}) } satisfies Page<ApiKeySummary>);
  });
  const revoked = describeAnswers({
    summary: 'Revoke a key; it is refused at once.',
    tag: 'Keys',
    needs: 'admin',
    answers: { 204: undefined },
    problems: [404],
  });
  app.delete('/v1/api-keys/:id', revoked, authenticate(services, 'admin'), async (c) => {
    const id = c.req.param('id');
    if (!UUID.test(id) || !(await services.keys.revoke(c.get('caller').workspace.id, id.toLowerCase()))) throw notFound();
    return c.body(null, 204);
  });
  return app;
}

function readWish(wish: z.output<typeof keyWish>, caller: Caller, nowMs: number): KeyWish {
  const expiresAtMs = wish.expiresAt === undefined ? undefined : parseInstant(wish.expiresAt);
  if (wish.expiresAt !== undefined && (expiresAtMs === undefined || expiresAtMs <= nowMs)) {
    throw new ProblemError('invalid_body', 'expiresAt: has to be an RFC 3339 time that is still to come', {
      extra: { member: 'expiresAt' },
    });
  }
  return {
    name: wish.name,
    environment: wish.environment,
    scopes: [...new Set(wish.scopes)],
    createdBy: caller.kind === 'member' ? caller.user.id : undefined,
    expiresAtMs,
  };
}
