import { Hono } from 'hono';
import * as z from 'zod';

import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { readQuery, readRange } from '../../read-query.ts';
import { unpricedPage } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const unpricedQuery = z.object({ from: z.string().optional(), to: z.string().optional() });

/** `GET /v1/unpriced`: the models that came without a rate, the most called first. */
export function getUnpriced(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Models that came without a rate.',
    tag: 'Reads',
    needs: 'read',
    query: unpricedQuery,
    answers: { 200: unpricedPage },
    problems: [400],
  });
  return new Hono<AppEnv>().get('/v1/unpriced', description, authenticate(services, 'read'), async (c) => {
    const { workspace } = c.get('caller');
    const query = readQuery(unpricedQuery, new URL(c.req.url).searchParams);
    const range = readRange(query, workspace.timeZone, services.clock.nowMs());
    return c.json({ items: await services.ledger.listUnpricedModels(workspace.id, range) });
  });
}
