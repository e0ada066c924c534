import type { BatchAnswer } from '@llmobserve/protocol';
import { Hono } from 'hono';

import { ProblemError } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { expectedBytes } from '../../expected-bytes.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { readJson } from '../../read-json.ts';
import { batchAnswer } from '../../schemas/answers.ts';
import { sentBatch } from '../../schemas/sent-batch.ts';
import type { Services } from '../../services.ts';

/** `POST /v1/events`: takes a batch; 2xx only after its commit. */
export function postEvents(services: Services): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'Send a batch of events. What is accepted is committed with its cost before the answer.',
    tag: 'Ingest',
    needs: 'ingest',
    body: sentBatch,
    answers: { 200: batchAnswer, 422: batchAnswer },
    problems: [400, 413, 415],
  });
  return new Hono<AppEnv>().post('/v1/events', description, authenticate(services, 'ingest'), async (c) => {
    const caller = c.get('caller');
    if (caller.kind !== 'key') throw new ProblemError('forbidden', 'Events are sent with a key.');
    const { workspace, keyId, environment } = caller;
    const answer = await services.admission.pass(expectedBytes(c.env.incoming), async (room) => {
      const batch = await readJson(c.env.incoming, { take: room.take });
      room.settle();
      return services.acceptBatch({ workspaceId: workspace.id, keyId, environment }, batch);
    });
    services.metrics.noteBatch(answer);
    return c.json(answer, statusOf(answer));
  });
}

/** An empty batch is fine; one of which nothing could be used is not. */
function statusOf(answer: BatchAnswer): 200 | 422 {
  return answer.accepted + answer.duplicates === 0 && answer.rejected.length > 0 ? 422 : 200;
}
