import { Hono } from 'hono';

import { notFound } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { pricedEvent } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `GET /v1/events/{id}`: one event, and why it costs what it costs. */
export function getEvent(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'One event, with every line of its cost.',
    tag: 'Reads',
    needs: 'read',
    answers: { 200: pricedEvent },
    problems: [404],
  });
  return new Hono<AppEnv>().get('/v1/events/:id', description, authenticate(services, 'read'), async (c) => {
    const id = c.req.param('id');
    const event = UUID.test(id) ? await services.ledger.findEvent(c.get('caller').workspace.id, id) : undefined;
    if (!event) throw notFound();
    return c.json(event);
  });
}
