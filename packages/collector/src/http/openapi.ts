import { Hono } from 'hono';
import { generateSpecs } from 'hono-openapi';
import * as z from 'zod';

import type { AppEnv } from './app-env.ts';
import { describeAnswers } from './describe-answers.ts';

/** `GET /openapi.json`: every described route, as OpenAPI 3.1. */
export function openApi(app: Hono<AppEnv>, { version }: { readonly version: string }): Hono<AppEnv> {
  const description = describeAnswers({
    summary: 'This description.',
    tag: 'Operation',
    needs: 'nothing',
    answers: { 200: z.record(z.string(), z.json()) },
  });
  return new Hono<AppEnv>().get('/openapi.json', description, async (c) => {
    const specs = await generateSpecs(app, {
      documentation: {
        info: {
          title: 'LLMObserve collector',
          version,
          description: 'What each of your customers costs. Money is a decimal string in USD.',
        },
        components: {
          securitySchemes: {
            key: { type: 'http', scheme: 'bearer', description: 'llmo_sk_…' },
            session: { type: 'apiKey', in: 'cookie', name: 'llmobserve-session' },
          },
        },
      },
      defaultValidationErrorResponse: false,
      excludeStaticFile: false,
    });
    return c.json({ ...specs, openapi: '3.1.0' });
  });
}
