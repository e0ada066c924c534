import {
  isJsonRecord,
  isTokenKey,
  MAX_ATTRIBUTE_BYTES,
  MAX_BATCH_EVENTS,
  MAX_EVENT_DEPTH,
  MAX_EVENT_KEYS,
  MODEL_KINDS,
  parseInstant,
  type JsonRecord,
} from '@llmobserve/protocol';
import * as z from 'zod';

import { eventMembers, identifier, quantity, section, text, wholeQuantity } from './cost-event-schema.ts';

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const LATEST_AHEAD_MS = 24 * 3_600_000;

const name = identifier.nullish();
const hex = (length: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${length}}$`))
    .nullish();
const flag = z.boolean().nullish();
const quantities = z.record(identifier, quantity.nullable()).refine(hasWholeTokens, 'tokens are whole numbers');
const tags = z.record(identifier, text.nullable());

/** An event as a sender writes it: a null member is an absent one, members we do not know are left out. */
const sentMembers = z.object({
  id: eventMembers.id,
  kind: eventMembers.kind,
  provider: identifier,
  startedAt: z.string().meta({ format: 'date-time' }),
  model: name,
  requestedModel: name,
  operation: name,
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: hex(16),
  durationMs: quantity.nullish(),
  firstTokenMs: quantity.nullish(),
  status: eventMembers.status.nullish(),
  error: z.object({ code: name, httpStatus: wholeQuantity.nullish() }).nullish(),
  attempts: wholeQuantity.nullish(),
  responseId: name,
  streamed: flag,
  usage: quantities.nullish().meta({ description: 'Disjoint quantities by unit.' }),
  usageQuality: eventMembers.usageQuality.nullish(),
  serviceTier: name,
  region: name,
  cacheHit: flag,
  reportedCostUsd: eventMembers.reportedCostUsd.unwrap().nullish(),
  customer: name,
  user: name,
  session: name,
  run: name,
  section: section.nullish(),
  environment: name,
  release: name,
  tags: tags.nullish(),
  attributes: z.record(identifier, z.unknown()).nullish(),
});

/** Body of `POST /v1/events`, as documentation: each event is judged by itself, so that one bad event costs no neighbour. */
export const sentBatch = z.object({
  sdk: z.object({ name: z.string(), version: z.string(), runtime: z.string(), instance: z.string() }).optional(),
  seq: z.int().nonnegative().optional().meta({ description: 'Grows by one per batch of this process.' }),
  lost: z.record(z.string(), z.int().nonnegative()).optional().meta({ description: 'Events lost since process start, by reason.' }),
  customers: z.array(z.object({ id: identifier, name, plan: name, tags: tags.nullish() })).optional(),
  events: z.array(sentMembers).max(MAX_BATCH_EVENTS),
});

/** Everything that decides whether an event is taken; `parseCostEvent` decides the same, faster. */
export function sentCostEvent(nowMs: number): z.ZodType {
  return z
    .custom<JsonRecord>(isJsonRecord, 'has to be an object')
    .refine(isWithinBounds, 'is too deep or too large')
    .refine(hasSoundProtoMembers, 'a member named __proto__ is like any other')
    .pipe(sentMembers)
    .refine(
      ({ kind, model, requestedModel }) => !MODEL_KINDS.has(kind) || (model ?? requestedModel ?? undefined) !== undefined,
      'needs a model',
    )
    .refine(({ startedAt }) => isInRange(parseInstant(startedAt), nowMs), 'is no time, or one out of range');
}

function hasWholeTokens(usage: Readonly<Record<string, number | null>>): boolean {
  return Object.entries(usage).every(([unit, value]) => value === null || !isTokenKey(unit) || Number.isInteger(value));
}

function isInRange(startMs: number | undefined, nowMs: number): boolean {
  return startMs !== undefined && startMs >= EARLIEST_MS && startMs <= nowMs + LATEST_AHEAD_MS;
}

function isWithinBounds(event: JsonRecord): boolean {
  const below = Object.values(event).filter(isContainer);
  const attributes = Object.hasOwn(event, 'attributes') ? JSON.stringify(event['attributes']) : '';
  return (
    depthOf(below) <= MAX_EVENT_DEPTH &&
    below.reduce((sum: number, member) => sum + countKeys(member), 0) <= MAX_EVENT_KEYS &&
    new TextEncoder().encode(attributes).length <= MAX_ATTRIBUTE_BYTES
  );
}

/** Levels of objects and lists; one level at a time, so that no depth of input is a depth of calls. */
function depthOf(containers: readonly object[]): number {
  let depth = 0;
  for (let level = containers; level.length > 0 && depth <= MAX_EVENT_DEPTH; depth += 1) {
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return depth;
}

function countKeys(container: object): number {
  const members: unknown[] = Object.values(container);
  const own = Array.isArray(container) ? 0 : members.length;
  return members.filter(isContainer).reduce((sum: number, member) => sum + countKeys(member), own);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** zod 4.6 skips a key of this name in records. */
function hasSoundProtoMembers(event: JsonRecord): boolean {
  const protoOf = (member: string): unknown => {
    const record = Object.hasOwn(event, member) ? event[member] : undefined;
    return isJsonRecord(record) && Object.hasOwn(record, '__proto__') ? Object.getOwnPropertyDescriptor(record, '__proto__')?.value : null;
  };
  return quantity.nullable().safeParse(protoOf('usage')).success && text.nullable().safeParse(protoOf('tags')).success;
}
