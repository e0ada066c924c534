import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import * as z from 'zod';

import { ProblemError } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import type { Services } from '../../services.ts';

const health = z.strictObject({ status: z.literal('ok'), version: z.string() });
const readiness = z.strictObject({ status: z.literal('ready') });

/** `/health` (alive), `/ready` (can store), `/metrics` (Prometheus). */
export function probes(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const alive = describeAnswers({ summary: 'The process lives.', tag: 'Operation', needs: 'nothing', answers: { 200: health } });
  app.get('/health', alive, (c) => c.json({ status: 'ok', version: services.settings.version } satisfies z.output<typeof health>));
  const ready = describeAnswers({ summary: 'The collector can store.', tag: 'Operation', needs: 'nothing', answers: { 200: readiness } });
  app.get('/ready', ready, async (c) => {
    if (services.draining.aborted) throw notReady('The collector is stopping.');
    if (!(await services.isReady())) throw notReady('The store cannot take a write right now.');
    return c.json({ status: 'ready' } satisfies z.output<typeof readiness>);
  });
  const metrics = describeAnswers({
    summary: 'Metrics for Prometheus; with LLMOBSERVE_METRICS_TOKEN only for its bearer.',
    tag: 'Operation',
    needs: 'nothing',
    answers: { 200: z.string() },
    mediaType: 'text/plain',
    problems: [401],
  });
  app.get('/metrics', metrics, async (c) => {
    const { metricsToken } = services.settings;
    if (metricsToken !== undefined && !isSameText(c.req.header('authorization') ?? '', `Bearer ${metricsToken}`)) {
      throw new ProblemError('invalid_key', 'Send the metrics token as `Authorization: Bearer …`.');
    }
    return c.body(await services.metrics.write(), 200, { 'Content-Type': services.metrics.contentType });
  });
  return app;
}

function notReady(detail: string): ProblemError {
  return new ProblemError('store_unavailable', detail, { retryAfterSeconds: 1 });
}

/** In the same time wherever they differ; hashes, because texts of unlike length would tell that. */
function isSameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
