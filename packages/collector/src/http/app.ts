import { Hono } from 'hono';

import { notFound } from '../services/index.ts';
import { answerProblem } from './answer-problem.ts';
import type { AppEnv } from './app-env.ts';
import { measureRequests } from './middleware/measure-requests.ts';
import { noStore } from './middleware/no-store.ts';
import { refuseForeignOrigin } from './middleware/refuse-foreign-origin.ts';
import { refuseOtherMethods } from './middleware/refuse-other-methods.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { openApi } from './openapi.ts';
import { getCosts } from './routes/costs/get-costs.ts';
import { getUnpriced } from './routes/costs/get-unpriced.ts';
import { getCustomer } from './routes/customers/get-customer.ts';
import { listCustomers } from './routes/customers/list-customers.ts';
import { getEvent } from './routes/events/get-event.ts';
import { listEvents } from './routes/events/list-events.ts';
import { apiKeys } from './routes/keys/api-keys.ts';
import { getPing } from './routes/ingest/get-ping.ts';
import { postEvents } from './routes/ingest/post-events.ts';
import { getLive } from './routes/live/get-live.ts';
import { probes } from './routes/operation/probes.ts';
import { getPage } from './routes/pages/get-page.ts';
import { getSession } from './routes/people/get-session.ts';
import { setup } from './routes/people/setup.ts';
import { signIn } from './routes/people/sign-in.ts';
import type { Services } from './services.ts';

/** The collector's whole surface; the order of lines is the order in which a request passes them. */
export function createApp(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError((error, c) => answerProblem(services, error, c));
  app.notFound((c) => answerProblem(services, notFound(), c));

  app.use(measureRequests(services));
  app.use(requestId(services.randomUuid));
  app.use(securityHeaders(services.settings));
  app.use(noStore());
  app.use(refuseForeignOrigin(services.settings));
  app.use(refuseOtherMethods(app));

  app.route('/', postEvents(services));
  app.route('/', getPing(services));

  app.route('/', getCosts(services));
  app.route('/', getUnpriced(services));
  app.route('/', listCustomers(services));
  app.route('/', getCustomer(services));
  app.route('/', listEvents(services));
  app.route('/', getEvent(services));
  app.route('/', getLive(services));

  app.route('/', apiKeys(services));

  app.route('/', getSession(services));
  app.route('/', setup(services));
  app.route('/', signIn(services));

  app.route('/', probes(services));
  app.route('/', openApi(app, { version: services.settings.version, sessionCookie: services.auth.sessionCookie }));
  app.route('/', getPage(services));
  return app;
}
