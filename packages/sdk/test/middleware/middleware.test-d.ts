import Express, { type Request as ExpressRequest } from 'express';
import Fastify, { type FastifyRequest } from 'fastify';
import { Hono, type Context } from 'hono';
import { expectTypeOf, test } from 'vitest';
import { llmobserve as forExpress, type RequestOptions } from '../../src/middleware/express.ts';
import { llmobserve as forFastify } from '../../src/middleware/fastify.ts';
import { llmobserve as forHono } from '../../src/middleware/hono.ts';
import { withLlmobserve } from '../../src/middleware/next.ts';

test('each fits its framework, with and without a customer', () => {
  Express().use(forExpress({}), forExpress({ customer: (request: ExpressRequest) => request.get('x-account') }));
  void Fastify().register(forFastify({ customer: async (request: FastifyRequest) => ({ id: request.id }) }));
  new Hono().use(forHono({ customer: (c: Context) => c.req.header('x-account') }), forHono({ trustBaggage: true }));
  // @ts-expect-error -- a number is no customer
  forExpress({ customer: () => 7 });
});

test('without a type of the framework its headers can be read', () => {
  expectTypeOf(forExpress).parameter(0).toExtend<RequestOptions<never>>();
  forExpress({ customer: (request) => String(request.headers['x-account']) });
  forHono({ customer: (c) => c.req.header('x-account') });
});

test('a handler keeps what it takes and gives a promise of what it gave', () => {
  const wrapped = withLlmobserve(
    async (request: Request, context: { readonly params: Promise<{ team: string }> }) =>
      new Response(`${request.url} ${(await context.params).team}`),
    {
      customer: async (_request, context) => (await context.params).team,
    },
  );
  expectTypeOf(wrapped).parameters.toEqualTypeOf<[Request, { readonly params: Promise<{ team: string }> }]>();
  expectTypeOf(wrapped).returns.toEqualTypeOf<Promise<Response>>();
  expectTypeOf(withLlmobserve((question: string) => question.length, {})).toEqualTypeOf<(question: string) => Promise<number>>();
});
