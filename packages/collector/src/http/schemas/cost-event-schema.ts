import {
  EVENT_KINDS,
  EVENT_STATUSES,
  hasControlCharacter,
  isLongerThan,
  isTokenKey,
  MAX_NAME_LENGTH,
  MAX_QUANTITY,
  MAX_SECTION_PATH_LENGTH,
  parseUsd,
  PICO_PER_USD,
  USAGE_QUALITIES,
  type JsonValue,
} from '@llmobserve/protocol';
import * as z from 'zod';

const MAX_REPORTED_PICO_USD = 1_000_000n * PICO_PER_USD;

export const identifier = identifierUpTo(MAX_NAME_LENGTH);
export const text = z.string().refine((value) => !isLongerThan(value, MAX_NAME_LENGTH), `has more than ${MAX_NAME_LENGTH} characters`);
export const quantity = z.number().min(0).max(MAX_QUANTITY);
export const wholeQuantity = quantity.refine((value) => Number.isInteger(value), 'has to be a whole number');
const id = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i)
  .meta({ format: 'uuid' });

export const section = identifierUpTo(MAX_SECTION_PATH_LENGTH).refine(
  (path) => path.split('/').every((segment) => !isLongerThan(segment, MAX_NAME_LENGTH)),
  `a part has more than ${MAX_NAME_LENGTH} characters`,
);

const reportedCostUsd = z
  .string()
  .refine(isReportedCost, 'has to be a decimal from 0 to 1000000')
  .meta({ description: "The provider's own figure, a decimal string in USD.", example: '0.0123' });

const usage = z
  .record(identifier, quantity)
  .refine(
    (quantities) => Object.entries(quantities).every(([unit, value]) => !isTokenKey(unit) || Number.isInteger(value)),
    'tokens are whole numbers',
  );

const json: z.ZodType<JsonValue> = z.json();
const attributes = z.record(identifier, json);

/** Members of an event as answers show it: what may be absent is absent, never null. */
export const eventMembers = {
  id,
  kind: z.enum(EVENT_KINDS),
  provider: identifier,
  startedAt: z.string().meta({ format: 'date-time', example: '2026-11-20T09:00:00.000Z' }),
  model: identifier.exactOptional(),
  requestedModel: identifier.exactOptional(),
  operation: identifier.exactOptional(),
  traceId: hex(32).exactOptional(),
  spanId: hex(16).exactOptional(),
  parentSpanId: hex(16).exactOptional(),
  durationMs: quantity.exactOptional(),
  firstTokenMs: quantity.exactOptional(),
  status: z.enum(EVENT_STATUSES),
  error: z.object({ code: identifier.exactOptional(), httpStatus: wholeQuantity.exactOptional() }).exactOptional(),
  attempts: wholeQuantity.exactOptional(),
  responseId: identifier.exactOptional(),
  streamed: z.boolean().exactOptional(),
  usage: usage.exactOptional(),
  usageQuality: z.enum(USAGE_QUALITIES),
  serviceTier: identifier.exactOptional(),
  region: identifier.exactOptional(),
  cacheHit: z.boolean().exactOptional(),
  reportedCostUsd: reportedCostUsd.exactOptional(),
  customer: identifier.exactOptional(),
  user: identifier.exactOptional(),
  session: identifier.exactOptional(),
  run: identifier.exactOptional(),
  section: section.exactOptional(),
  environment: identifier.exactOptional(),
  release: identifier.exactOptional(),
  tags: z.record(identifier, text).exactOptional(),
  attributes: attributes.exactOptional(),
} as const;

function identifierUpTo(maxLength: number) {
  return z
    .string()
    .min(1)
    .refine((value) => !hasControlCharacter(value), 'must not hold control characters')
    .refine((value) => !isLongerThan(value, maxLength), `has more than ${maxLength} characters`);
}

function hex(length: number) {
  return z.string().regex(new RegExp(`^[0-9a-fA-F]{${length}}$`));
}

function isReportedCost(value: string): boolean {
  const cost = parseUsd(value);
  return cost !== undefined && cost >= 0n && cost <= MAX_REPORTED_PICO_USD;
}
