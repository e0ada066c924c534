import type { Scope } from '@llmobserve/protocol';
import { describeRoute, resolver, type DescribeRouteOptions } from 'hono-openapi';
import type { MiddlewareHandler } from 'hono';
import type * as z from 'zod';

import { problem } from './schemas/answers.ts';

export type RouteDescription = {
  readonly summary: string;
  readonly tag: 'Ingest' | 'Reads' | 'Keys' | 'People' | 'Operation';
  /** Who may ask: a scope, `any` valid caller, or everyone. */
  readonly needs: Scope | 'any' | 'nothing';
  /** What comes back when all is well, by status; `undefined` for an answer without a body. */
  readonly answers: Readonly<Record<number, z.ZodType | undefined>>;
  /** Statuses of problems this route has beyond those that every route has. */
  readonly problems?: readonly number[];
  readonly query?: z.ZodObject;
  readonly hasFilters?: boolean;
  readonly body?: z.ZodType;
  readonly mediaType?: string;
};

/** Puts a route into `/openapi.json`. */
export function describeAnswers(description: RouteDescription): MiddlewareHandler {
  const { summary, tag, needs, answers, body } = description;
  const problems = [...(needs === 'nothing' ? [] : [401, 403, 429]), 503, ...(description.problems ?? [])];
  return describeRoute({
    summary,
    tags: [tag],
    ...(needs === 'nothing' ? { security: [] } : { security: [{ key: needs === 'any' ? [] : [needs] }, { session: [] }] }),
    parameters: [...queryParameters(description.query), ...(description.hasFilters ? [FILTER_PARAMETER] : [])],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: resolver(body) } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, schema]) => [status, answerOf(schema, description.mediaType)])),
      ...Object.fromEntries(problems.map((status) => [status, PROBLEM_ANSWER])),
    },
  });
}

type Responses = NonNullable<DescribeRouteOptions['responses']>;

function answerOf(schema: z.ZodType | undefined, mediaType = 'application/json'): Responses[string] {
  if (!schema) return { description: 'Done' };
  return { description: 'Answer', content: { [mediaType]: { schema: resolver(schema) } } };
}

const PROBLEM_ANSWER: Responses[string] = {
  description: 'Problem (RFC 9457)',
  content: { 'application/problem+json': { schema: resolver(problem) } },
};

type Parameters = NonNullable<DescribeRouteOptions['parameters']>;

function queryParameters(query: z.ZodObject | undefined): Parameters {
  if (!query) return [];
  const { properties = {} } = query.toJSONSchema({ io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema);
    return { name, in: 'query', ...(typeof description === 'string' ? { description } : {}), schema: rest };
  });
}

function schemaOf(schema: object | boolean): Record<string, unknown> {
  return typeof schema === 'object' ? { ...schema } : {};
}

const FILTER_PARAMETER: Parameters[number] = {
  name: 'filter',
  in: 'query',
  style: 'deepObject',
  explode: true,
  description:
    'filter[dimension]=value. Repeat it for any of several values; leave the value empty for unattributed. Dimensions: those of groupBy, and tag:<name>.',
  schema: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
};
