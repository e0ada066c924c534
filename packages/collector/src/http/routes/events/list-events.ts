import type { Page, PricedEvent } from '@llmobserve/protocol';
import { Hono } from 'hono';
import * as z from 'zod';

import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { cursorInstantMs, readCursor, writeCursor } from '../../page-cursor.ts';
import { readFilters, readQuery, readRange } from '../../read-query.ts';
import { eventPage } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const eventsQuery = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const position = z.object({ startedMs: cursorInstantMs, id: z.uuid() });

/** `GET /v1/events`: events, the latest first, each with its cost explained. */
export function listEvents(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Events, the latest first, each with its cost explained.',
    tag: 'Reads',
    needs: 'read',
    query: eventsQuery,
    hasFilters: true,
    answers: { 200: eventPage },
    problems: [400],
  });
  return new Hono<AppEnv>().get('/v1/events', description, authenticate(services, 'read'), async (c) => {
    const { workspace } = c.get('caller');
    const params = new URL(c.req.url).searchParams;
    const { cursor, limit, ...text } = readQuery(eventsQuery, params);
    const range = readRange(text, workspace.timeZone, services.clock.nowMs());
    const question = { range, filters: readFilters(params), after: readCursor(position, cursor), limit };
    const { items, next } = await services.ledger.listEvents(workspace.id, question);
    return c.json({ items, ...(next ? { nextCursor: writeCursor(next) } : {}) } satisfies Page<PricedEvent>);
  });
}
