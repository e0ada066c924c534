import { Hono } from 'hono';

import { notFound } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { customerDetail } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

/** `GET /v1/customers/{id}`: who this customer is. */
export function getCustomer(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'One customer.',
    tag: 'Reads',
    needs: 'read',
    answers: { 200: customerDetail },
    problems: [404],
  });
  return new Hono<AppEnv>().get('/v1/customers/:id', description, authenticate(services, 'read'), async (c) => {
    const id = c.req.param('id');
    const customer = id.includes('\0') ? undefined : await services.ledger.findCustomer(c.get('caller').workspace.id, id);
    if (!customer) throw notFound();
    return c.json(customer);
  });
}
