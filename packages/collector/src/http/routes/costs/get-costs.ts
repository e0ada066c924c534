import { Hono } from 'hono';

import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { costsQuery, readCostQuestion } from '../../read-cost-question.ts';
import { costReport } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

/** `GET /v1/costs`: what calls cost, by group and over time. */
export function getCosts(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Costs by any one or two dimensions, over time, compared with the range before. Groups and other add up to the total exactly.',
    tag: 'Reads',
    needs: 'read',
    query: costsQuery,
    hasFilters: true,
    answers: { 200: costReport },
    problems: [400],
  });
  return new Hono<AppEnv>().get('/v1/costs', description, authenticate(services, 'read'), async (c) => {
    const { workspace } = c.get('caller');
    const asker = { timeZone: workspace.timeZone, nowMs: services.clock.nowMs() };
    const question = readCostQuestion(new URL(c.req.url).searchParams, asker);
    return c.json(await services.ledger.readCostReport(workspace.id, question));
  });
}
