import type { Session } from '@llmobserve/protocol';
import { Hono } from 'hono';

import { ProblemError } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { authenticate } from '../../middleware/authenticate.ts';
import { session } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

/** `GET /v1/session`: who is signed in. */
export function getSession(services: Services): Hono<AppEnv> {
  const description = describeAnswers({ summary: 'Who is signed in.', tag: 'People', needs: 'any', answers: { 200: session } });
  return new Hono<AppEnv>().get('/v1/session', description, authenticate(services), (c) => {
    const caller = c.get('caller');
    if (caller.kind === 'key') throw new ProblemError('not_signed_in', 'A key is nobody who signs in; ask /v1/ping.');
    return c.json({ user: caller.user, workspace: caller.workspace, role: caller.role } satisfies Session);
  });
}
