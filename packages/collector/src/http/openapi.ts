import { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import * as z from 'zod';

import type { AppEnv } from './app-env.ts';
import { describeAnswers } from './describe-answers.ts';
import { writeDocs } from './write-docs.ts';

export type OpenApiSettings = { readonly version: string; readonly sessionCookie: string };

/** `/openapi.json`: every described route, as OpenAPI 3.1; `/docs`: the same to read. */
export function openApi(app: Hono<AppEnv>, settings: OpenApiSettings): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const forMachines = describeAnswers({
    summary: 'This description.',
    tag: 'Operation',
    needs: 'nothing',
    answers: { 200: z.record(z.string(), z.json()) },
  });
  routes.get('/openapi.json', forMachines, async (c) => c.json(await describe(app, settings)));
  const forPeople = describeAnswers({
    summary: 'This description, as a page.',
    tag: 'Operation',
    needs: 'nothing',
    answers: { 200: z.string() },
    mediaType: 'text/html',
  });
  routes.get('/docs', forPeople, async (c) => c.html(writeDocs(await describe(app, settings))));
  return routes;
}

async function describe(app: Hono<AppEnv>, { version, sessionCookie }: OpenApiSettings) {
  const specs = await generateSpecs(app, {
    documentation: {
      info: { title: 'LLMObserve collector', version, description: 'What each of your customers costs. Money is a decimal string in USD.' },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'llmo_sk_…' },
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        },
      },
    },
    defaultValidationErrorResponse: false,
    excludeStaticFile: false,
  });
  return { ...specs, openapi: '3.1.0' };
}
