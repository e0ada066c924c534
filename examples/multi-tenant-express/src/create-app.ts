import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { answerQuestion } from './answer-question.ts';
import type { AppDeps } from './app-deps.ts';
import { identifyTenant, tenantOf } from './identify-tenant.ts';
import { researchTopic } from './research-topic.ts';
import { streamAnswer } from './stream-answer.ts';
import { summariseText } from './summarise-text.ts';

/** A support assistant for many companies: each request is made for one of them. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.use(express.json({ limit: '100kb' }));
  app.use(identifyTenant);

  app.post('/ask', async (request, response) => {
    response.json(await answerQuestion(deps, tenantOf(request), textIn(request, 'question')));
  });
  app.post('/research', async (request, response) => {
    response.json(await researchTopic(deps, tenantOf(request), textIn(request, 'topic')));
  });
  app.post('/summaries', async (request, response) => {
    response.json(await summariseText(deps, tenantOf(request), textIn(request, 'text')));
  });
  app.post('/stream', async (request, response) => {
    await streamAnswer(deps, { tenant: tenantOf(request), question: textIn(request, 'question') }, response);
  });

  app.use(answerError);
  return app;
}

/** A member of the body; an empty text is as good as none. */
function textIn(request: Request, name: string): string {
  // Safe because whatever the body is, its member is checked before it is used.
  const value = (request.body as Record<string, unknown> | undefined)?.[name];
  if (typeof value !== 'string' || value.trim() === '') throw new BadRequest(`send JSON with "${name}", a text`);
  return value;
}

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Express knows an error handler by its four parameters. */
// oxlint-disable-next-line max-params -- the signature is Express's
function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  if (error instanceof BadRequest) response.status(400).json({ error: error.message });
  else response.status(502).json({ error: 'The model did not answer. Try again.' });
}
