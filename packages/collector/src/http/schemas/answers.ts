import {
  EVENT_PROBLEM_CODES,
  PROBLEM_STATUS,
  SCOPES,
  type ApiKeySummary,
  type BatchAnswer,
  type CostLine,
  type CostReport,
  type CreatedApiKey,
  type CustomerDetail,
  type CustomerPage,
  type EventCost,
  type LiveEvent,
  type Page,
  type Ping,
  type PricedEvent,
  type Problem,
  type ProblemCode,
  type Session,
  type SetupResult,
  type SetupState,
  type UnpricedModel,
} from '@llmobserve/protocol';
import * as z from 'zod';

import { eventMembers } from './cost-event-schema.ts';

const instant = z.iso.datetime({ precision: 3 });
const usd = z
  .string()
  .regex(/^-?\d+\.\d{12}$/)
  .meta({ description: 'USD, always 12 decimals.', example: '0.001240000000' });
const count = z.int().nonnegative();
const usage = z.record(z.string(), z.number());
const tags = z.record(z.string(), z.string());
const quality = z.enum(['reported', 'exact', 'estimated', 'unpriced']);

const costPoint = z.strictObject({ at: instant, costUsd: usd, calls: count });
const spent = { costUsd: usd, calls: count };
const compared = { previousCostUsd: usd.exactOptional(), previousCalls: count.exactOptional() };
const series = { series: z.array(costPoint).exactOptional() };

export const costReport = z.strictObject({
  currency: z.literal('USD'),
  timeZone: z.string(),
  from: instant,
  to: instant,
  total: z.strictObject({ ...spent, usage, ...compared, ...series, previousSeries: z.array(costPoint).exactOptional() }),
  groups: z.array(
    z.strictObject({
      key: z.record(z.string(), z.string().nullable()),
      ...spent,
      share: z.number().min(0).max(1),
      ...compared,
      ...series,
    }),
  ),
  other: z.strictObject({ ...spent, groups: count, ...series }).exactOptional(),
  proof: z.strictObject({ received: count, unpriced: count, estimated: count, unattributed: count, lost: count }),
}) satisfies z.ZodType<CostReport>;

const costLine = z.strictObject({
  unit: z.string(),
  quantity: z.string().regex(/^\d+(\.\d+)?$/),
  rateUsd: z.string().regex(/^\d+(\.\d+)?$/),
  per: z.number().positive(),
  usd,
  source: z.string(),
  validFrom: z.string().exactOptional(),
}) satisfies z.ZodType<CostLine>;

const eventCost = z.strictObject({ usd, quality, lines: z.array(costLine), bookVersion: z.string() }) satisfies z.ZodType<EventCost>;

export const pricedEvent = z.strictObject({
  ...eventMembers,
  receivedAt: instant,
  repaired: z.boolean().exactOptional(),
  cost: eventCost,
}) satisfies z.ZodType<PricedEvent>;

export const eventPage = z.strictObject({
  items: z.array(pricedEvent),
  nextCursor: z.string().exactOptional(),
}) satisfies z.ZodType<Page<PricedEvent>>;

const customerFacts = { id: z.string(), name: z.string().exactOptional(), plan: z.string().exactOptional(), tags: tags.exactOptional() };

export const customerDetail = z.strictObject({
  ...customerFacts,
  firstSeenAt: instant,
  lastSeenAt: instant,
}) satisfies z.ZodType<CustomerDetail>;

export const customerPage = z.strictObject({
  items: z.array(
    z.strictObject({
      ...customerDetail.shape,
      ...spent,
      previousCostUsd: usd.exactOptional(),
      trend: z.array(usd).exactOptional(),
    }),
  ),
  nextCursor: z.string().exactOptional(),
  total: count,
}) satisfies z.ZodType<CustomerPage>;

export const unpricedPage = z.strictObject({
  items: z.array(
    z.strictObject({ provider: z.string(), model: z.string().nullable(), calls: count, firstSeenAt: instant, lastSeenAt: instant }),
  ),
}) satisfies z.ZodType<Page<UnpricedModel>>;

export const liveEvent = z.strictObject({
  id: eventMembers.id,
  kind: eventMembers.kind,
  provider: eventMembers.provider,
  startedAt: eventMembers.startedAt,
  model: eventMembers.model,
  requestedModel: eventMembers.requestedModel,
  operation: eventMembers.operation,
  durationMs: eventMembers.durationMs,
  status: eventMembers.status,
  customer: eventMembers.customer,
  section: eventMembers.section,
  environment: eventMembers.environment,
  costUsd: usd,
  quality,
  usage: usage.exactOptional(),
}) satisfies z.ZodType<LiveEvent>;

export const batchAnswer = z.strictObject({
  accepted: count,
  duplicates: count,
  rejected: z.array(
    z.strictObject({ index: count, id: z.string().exactOptional(), code: z.enum(EVENT_PROBLEM_CODES), detail: z.string() }),
  ),
}) satisfies z.ZodType<BatchAnswer>;

export const ping = z.strictObject({
  workspace: z.strictObject({ id: z.uuid(), name: z.string() }),
  environment: z.string().exactOptional(),
  scopes: z.array(z.enum(SCOPES)),
}) satisfies z.ZodType<Ping>;

export const session = z.strictObject({
  user: z.strictObject({ id: z.uuid(), name: z.string(), email: z.string() }),
  workspace: z.strictObject({ id: z.uuid(), name: z.string(), timeZone: z.string() }),
  role: z.enum(['owner', 'admin', 'member', 'viewer']),
}) satisfies z.ZodType<Session>;

const apiKeySummary = z.strictObject({
  id: z.uuid(),
  prefix: z.string(),
  last4: z.string(),
  name: z.string(),
  environment: z.string().exactOptional(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: instant,
  expiresAt: instant.exactOptional(),
  lastUsedAt: instant.exactOptional(),
}) satisfies z.ZodType<ApiKeySummary>;

export const apiKeyPage = z.strictObject({
  items: z.array(apiKeySummary),
  nextCursor: z.string().exactOptional(),
}) satisfies z.ZodType<Page<ApiKeySummary>>;

export const createdApiKey = z.strictObject({ ...apiKeySummary.shape, key: z.string() }) satisfies z.ZodType<CreatedApiKey>;

export const setupState = z.strictObject({ needsOwner: z.boolean() }) satisfies z.ZodType<SetupState>;

export const setupResult = z.strictObject({ session, apiKey: createdApiKey }) satisfies z.ZodType<SetupResult>;

// Safe because the members of PROBLEM_STATUS are the codes.
const problemCodes = Object.keys(PROBLEM_STATUS) as [ProblemCode, ...ProblemCode[]];

export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  requestId: z.string(),
}) satisfies z.ZodType<Problem>;
