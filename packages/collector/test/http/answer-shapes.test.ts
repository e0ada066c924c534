import { makeEvent } from '@llmobserve/testkit';
import { beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  apiKeyPage,
  batchAnswer,
  costReport,
  createdApiKey,
  customerDetail,
  customerPage,
  eventPage,
  ping,
  pricedEvent,
  problem,
  session,
  setupState,
  unpricedPage,
} from '../../src/http/schemas/answers.ts';
import { jsonBody, newWorkspace, type Workspace } from './new-workspace.ts';
import { newMember } from './people-maker.ts';
import { useApp } from './start-app.ts';

const app = useApp();
const FULL_ID = '0198f3a2-0000-7000-8000-0000000000aa';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await newWorkspace(app(), { environment: 'test' });
  const full = makeEvent({
    id: FULL_ID,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'ffffffffffffffff',
    parentSpanId: '00000000000000a1',
    firstTokenMs: 140,
    status: 'error',
    error: { code: 'rate_limit', httpStatus: 429 },
    attempts: 2,
    responseId: 'r',
    streamed: true,
    serviceTier: 'default',
    region: 'us-east-1',
    cacheHit: false,
    reportedCostUsd: '0.0123',
    customer: 'acme',
    user: 'u',
    session: 's',
    run: 'nightly',
    section: 'agent:a/tool:b',
    environment: 'production',
    release: '1',
    tags: { feature: 'ch\u0000at' },
    attributes: { nested: { list: [1, null, 'x'] } },
  });
  const customers = [{ id: 'acme', name: 'Acme', plan: 'pro', tags: { tier: 'gold' } }];
  await workspace.fetch('/v1/events', jsonBody({ customers, events: [full, makeEvent({ customer: 'bare', model: 'unknown-model' })] }));
});

const READS: readonly (readonly [string, z.ZodType])[] = [
  ['/v1/ping', ping],
  ['/v1/costs', costReport],
  ['/v1/costs?groupBy=customer,tag:feature&interval=day&compare=previous&limit=1', costReport],
  ['/v1/customers?compare=previous&limit=1', customerPage],
  ['/v1/customers/acme', customerDetail],
  ['/v1/customers/bare', customerDetail],
  ['/v1/events?limit=1', eventPage],
  [`/v1/events/${FULL_ID}`, pricedEvent],
  ['/v1/unpriced', unpricedPage],
  ['/v1/setup', setupState],
  ['/v1/api-keys', apiKeyPage],
];

test.each(READS)('%s answers as the types say, no member more', async (path, schema) => {
  expect(schema.safeParse(await workspace.get(path)).error?.issues).toBeUndefined();
});

test('a signed-in person is described as the type says', async () => {
  const { cookie } = await newMember(app(), workspace.id, 'viewer');
  const response = await fetch(`${app().url}/v1/session`, { headers: { cookie } });
  expect(session.safeParse(await response.json()).error?.issues).toBeUndefined();
});

test('answers to what was sent are as the types say', async () => {
  const batch = await workspace.send(makeEvent(), { id: 'no' }, 7);
  expect(batchAnswer.safeParse(await batch.json()).error?.issues).toBeUndefined();
  const key = await workspace.fetch('/v1/api-keys', jsonBody({ name: 'k', environment: 'e', expiresAt: '2999-01-01T00:00:00Z' }));
  expect(createdApiKey.safeParse(await key.json()).error?.issues).toBeUndefined();
  expect(problem.safeParse(await workspace.problem('/v1/nothing')).error?.issues).toBeUndefined();
});

test('an event comes back as it was sent', async () => {
  expect(await workspace.get(`/v1/events/${FULL_ID.toUpperCase()}`)).toMatchObject({
    id: FULL_ID,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'ffffffffffffffff',
    parentSpanId: '00000000000000a1',
    error: { code: 'rate_limit', httpStatus: 429 },
    reportedCostUsd: '0.012300000000',
    tags: { feature: 'ch\uFFFDat' },
    attributes: { nested: { list: [1, null, 'x'] } },
    repaired: true,
    cost: { usd: '0.012300000000', quality: 'reported' },
  });
});

test('/openapi.json describes every route but the pages, with its answers and problems', async () => {
  const { paths, openapi } = await workspace.get<{
    openapi: string;
    paths: Record<string, Record<string, { responses: object; summary: string }>>;
  }>('/openapi.json');
  expect(openapi).toMatch(/^3\.1/);
  const routes = app().app.routes.filter(({ path, method }) => path !== '/*' && method !== 'ALL');
  for (const { path, method } of routes) {
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    expect(operation?.summary, `${method} ${path}`).toBeTypeOf('string');
    expect(Object.keys(operation?.responses ?? {}).some((status) => status.startsWith('2') || status === '302')).toBe(true);
  }
});
