import { hasControlCharacter, type SetupResult } from '@llmobserve/protocol';
import { Hono } from 'hono';
import * as z from 'zod';

import { isTimeZone } from '../../../queries/index.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { authHeaders } from '../../auth-headers.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { readObject } from '../../read-object.ts';
import { setupResult, setupState } from '../../schemas/answers.ts';
import type { Services } from '../../services.ts';

const ownerWish = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine((name) => !hasControlCharacter(name), 'must not hold control characters'),
  email: z.email().max(200),
  password: z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH),
  timeZone: z.string().refine(isTimeZone, 'has to be an IANA name such as Europe/Berlin').default('UTC'),
});

/** `GET` and `POST /v1/setup`: the first owner of a collector that nobody owns yet. */
export function setup(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const asked = describeAnswers({
    summary: 'Whether this collector still waits for its owner.',
    tag: 'People',
    needs: 'nothing',
    answers: { 200: setupState },
  });
  app.get('/v1/setup', asked, async (c) => c.json(await services.owner.readState()));
  const made = describeAnswers({
    summary: 'Make the owner, their workspace and a first key, which is shown this once. Open only while nobody has an account.',
    tag: 'People',
    needs: 'nothing',
    body: ownerWish,
    answers: { 201: setupResult },
    problems: [400, 403, 409, 413, 415],
  });
  app.post('/v1/setup', made, async (c) => {
    const wish = await readObject(c.env.incoming, ownerWish);
    const result: SetupResult = await services.owner.setUp(wish);
    const signedIn = await services.auth.signIn(wish, authHeaders(c));
    for (const cookie of signedIn.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
    return c.json(result, 201);
  });
  return app;
}
