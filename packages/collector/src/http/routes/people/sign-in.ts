import { Hono, type Context } from 'hono';
import * as z from 'zod';

import { ProblemError } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import { authHeaders } from '../../auth-headers.ts';
import { clientAddress } from '../../client-address.ts';
import { describeAnswers } from '../../describe-answers.ts';
import { readObject } from '../../read-object.ts';
import type { Services } from '../../services.ts';

const credentials = z.object({ email: z.string().min(1).max(200), password: z.string().min(1).max(1000) });
const signedIn = z.strictObject({ signedIn: z.boolean() });

/** Signing in by password or by link, and signing out; nobody signs up by themselves. */
export function signIn(services: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const byPassword = describeAnswers({
    summary: 'Sign in with e-mail and password; the session is a cookie.',
    tag: 'People',
    needs: 'nothing',
    body: credentials,
    answers: { 200: signedIn },
    problems: [400, 401, 403, 413, 415, 429],
  });
  app.post('/auth/sign-in/email', byPassword, async (c) => {
    const claim = await readObject(c.env.incoming, credentials);
    const account = claim.email.toLowerCase();
    await countTries(services, account, clientAddress(c));
    const answer = await services.auth.signIn(claim, authHeaders(c));
    if (!answer.ok) throw refusalOf(answer, 'E-mail or password is wrong.');
    await services.signInTries.byAccount.clear(account);
    return withCookies(c, answer, { signedIn: true });
  });
  const out = describeAnswers({
    summary: 'Sign out; the session ends at once.',
    tag: 'People',
    needs: 'nothing',
    answers: { 200: signedIn },
    problems: [403],
  });
  app.post('/auth/sign-out', out, async (c) => withCookies(c, await services.auth.signOut(authHeaders(c)), { signedIn: false }));
  const byLink = describeAnswers({
    summary: 'Sign in by a link that works once, and go to the dashboard.',
    tag: 'People',
    needs: 'nothing',
    answers: { 302: undefined },
  });
  app.get('/sign-in/link', byLink, async (c) => {
    const token = c.req.query('token') ?? '';
    const answer = token === '' || token.length > 200 ? undefined : await services.auth.redeemLink(token, authHeaders(c));
    if (answer?.status !== 302) return c.redirect('/sign-in?link=expired');
    for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
    return c.redirect('/');
  });
  return app;
}

/** Counted before the password is looked at, so that guesses at the same moment all count. */
async function countTries({ signInTries }: Services, account: string, address: string): Promise<void> {
  const refusal = (await signInTries.byAddress.take(address)) ?? (await signInTries.byAccount.take(account));
  if (refusal) throw new ProblemError('rate_limited', 'Too many tries to sign in. Wait and try again.', refusal);
}

function refusalOf(answer: Response, detail: string): Error {
  if (answer.status < 500) return new ProblemError('not_signed_in', detail);
  return new Error(`better-auth answered ${answer.status}`);
}

function withCookies(c: Context<AppEnv>, answer: Response, body: z.output<typeof signedIn>): Response {
  for (const cookie of answer.headers.getSetCookie()) c.header('Set-Cookie', cookie, { append: true });
  return c.json(body);
}
