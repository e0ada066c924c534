import type { Ping } from '@llmobserve/protocol';
import { Hono } from 'hono';

import { scopesOf } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { ping } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

/** `GET /v1/ping`: whose key this is and what it may do. */
export function getPing(services: Services): Hono<AppEnv> {
  const description = describeAnswers({ summary: 'Whose key this is.', tag: 'Ingest', needs: 'any', answers: { 200: ping } });
  return new Hono<AppEnv>().get('/v1/ping', description, authenticate(services), (c) => {
    const caller = c.get('caller');
    const environment = caller.kind === 'key' ? caller.environment : undefined;
    return c.json({
      workspace: { id: caller.workspace.id, name: caller.workspace.name },
      ...(environment === undefined ? {} : { environment }),
      scopes: scopesOf(caller),
    } satisfies Ping);
  });
}
