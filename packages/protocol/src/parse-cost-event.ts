import { MAX_NAME_LENGTH, MAX_SECTION_PATH_LENGTH } from './attribution.ts';
import { EVENT_KINDS, EVENT_STATUSES, MODEL_KINDS, USAGE_QUALITIES, type CostEvent, type EventError } from './cost-event.ts';
import { EventReader, isJsonRecord, type EventProblem } from './event-reader.ts';
import { measureEvent } from './measure-event.ts';
import { parseUsd, PICO_PER_USD, type PicoUsd } from './money.ts';
import { parseInstant } from './parse-instant.ts';
import { isLongerThan } from './text.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const EARLIEST_MS = Date.UTC(2020, 0, 1);
const LATEST_AHEAD_MS = 24 * 3_600_000;
export const MAX_ATTRIBUTE_BYTES = 64_000;
const MAX_REPORTED_PICO_USD = 1_000_000n * PICO_PER_USD;

export type ParsedEvent = {
  readonly event: CostEvent;
  /** True when U+0000 or lone surrogates were replaced by U+FFFD. */
  readonly isRepaired: boolean;
};

export type ParseResult = ParsedEvent | { readonly problems: readonly EventProblem[] };

/**
 * Reads one event of a batch: an event that can be stored, or everything that is wrong with it.
 *
 * Null members are absent; unknown members are left out; ids come out in lower case, times in UTC with milliseconds.
 *
 * @example parseCostEvent({ id, kind: 'llm', provider: 'openai', model: 'gpt-4o', startedAt }, Date.now())
 */
export function parseCostEvent(value: unknown, nowMs: number): ParseResult {
  if (!isJsonRecord(value)) return { problems: [{ code: 'invalid_type', path: '', detail: 'an event must be an object' }] };
  const oversize = measureEvent(value);
  if (oversize) return { problems: [oversize] };
  const reader = new EventReader(value);
  const event = readEvent(reader, nowMs);
  if (event && reader.problems.length === 0) return { event, isRepaired: reader.isRepaired };
  return { problems: reader.problems };
}

function readEvent(reader: EventReader, nowMs: number): CostEvent | undefined {
  const id = reader.required('id', readUuid(reader));
  const kind = reader.required('kind', reader.oneOf('kind', EVENT_KINDS));
  const provider = reader.required('provider', reader.identifier('provider'));
  const startedAt = reader.required('startedAt', readStart(reader, nowMs));
  const model = reader.identifier('model');
  const requestedModel = reader.identifier('requestedModel');
  if (kind && MODEL_KINDS.has(kind) && reader.raw('model') === undefined && reader.raw('requestedModel') === undefined) {
    reader.refuse('missing_field', 'model', `model or requestedModel is required for kind ${kind}`);
  }
  const usage = reader.usage('usage');
  const members: Absentable<CostEvent> = {
    model,
    requestedModel,
    usage,
    status: reader.oneOf('status', EVENT_STATUSES) ?? 'ok',
    usageQuality: reader.oneOf('usageQuality', USAGE_QUALITIES) ?? (usage ? 'reported' : 'unknown'),
  };
  const course = readCourse(reader);
  const attribution = readAttribution(reader);
  if (!id || !kind || !provider || !startedAt) return undefined;
  return joinPresent<CostEvent>([{ id, kind, provider, startedAt }, members, course, attribution]);
}

function readCourse(reader: EventReader): Absentable<CostEvent> {
  return {
    operation: reader.identifier('operation'),
    traceId: reader.hex('traceId', 32),
    spanId: reader.hex('spanId', 16),
    parentSpanId: reader.hex('parentSpanId', 16),
    durationMs: round(reader.quantity('durationMs')),
    firstTokenMs: round(reader.quantity('firstTokenMs')),
    error: readError(reader),
    attempts: reader.quantityOf(reader.raw('attempts'), 'attempts', true),
    responseId: reader.identifier('responseId'),
    streamed: reader.flag('streamed'),
    serviceTier: reader.identifier('serviceTier'),
    region: reader.identifier('region'),
    cacheHit: reader.flag('cacheHit'),
    reportedCostUsd: readReportedCost(reader),
  };
}

function readAttribution(reader: EventReader): Absentable<CostEvent> {
  return {
    customer: reader.identifier('customer'),
    user: reader.identifier('user'),
    session: reader.identifier('session'),
    run: reader.identifier('run'),
    section: readSection(reader),
    environment: reader.identifier('environment'),
    release: reader.identifier('release'),
    tags: reader.tags('tags'),
    attributes: reader.json('attributes', MAX_ATTRIBUTE_BYTES),
  };
}

function readUuid(reader: EventReader): string | undefined {
  const value = reader.raw('id');
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return reader.refuse('invalid_type', 'id', 'id must be a string');
  return UUID.test(value) ? value.toLowerCase() : reader.refuse('invalid_id', 'id', 'id must be a UUID');
}

function readStart(reader: EventReader, nowMs: number): string | undefined {
  const value = reader.raw('startedAt');
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return reader.refuse('invalid_type', 'startedAt', 'startedAt must be a string');
  const startMs = parseInstant(value);
  if (startMs === undefined) return reader.refuse('invalid_time', 'startedAt', 'startedAt must be an RFC 3339 time with a zone');
  if (startMs < EARLIEST_MS || startMs > nowMs + LATEST_AHEAD_MS) {
    return reader.refuse('out_of_range', 'startedAt', 'startedAt must be from 2020-01-01 to 24 hours from now');
  }
  return new Date(startMs).toISOString();
}

function readError(reader: EventReader): EventError | undefined {
  const error = reader.record('error');
  if (!error) return undefined;
  return joinPresent<EventError>([
    {
      code: reader.identifierOf(error['code'] ?? undefined, 'error.code'),
      httpStatus: reader.quantityOf(error['httpStatus'] ?? undefined, 'error.httpStatus', true),
    },
  ]);
}

/** A path may be longer than a name, each of its segments may not. */
function readSection(reader: EventReader): string | undefined {
  const section = reader.identifier('section', MAX_SECTION_PATH_LENGTH);
  if (section?.split('/').some((segment) => isLongerThan(segment, MAX_NAME_LENGTH))) {
    return reader.refuse('too_long', 'section', `a part of section has more than ${MAX_NAME_LENGTH} characters`);
  }
  return section;
}

function readReportedCost(reader: EventReader): string | undefined {
  const value = reader.raw('reportedCostUsd');
  if (value === undefined) return undefined;
  if (typeof value !== 'string') return reader.refuse('invalid_type', 'reportedCostUsd', 'reportedCostUsd must be a decimal string');
  const cost: PicoUsd | undefined = parseUsd(value);
  if (cost !== undefined && cost >= 0n && cost <= MAX_REPORTED_PICO_USD) return value;
  return reader.refuse('invalid_number', 'reportedCostUsd', 'reportedCostUsd must be a decimal from 0 to 1000000');
}

function round(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

type Absentable<T> = { readonly [key in keyof T]?: T[key] | undefined };

/** Leaves out members that are undefined, so that absent stays absent in JSON, in SQL and in comparisons. */
function joinPresent<T extends object>(parts: readonly Absentable<T>[]): T {
  const present: { [key in keyof T]?: T[key] | undefined } = {};
  for (const part of parts) {
    for (const key in part) if (part[key] !== undefined) present[key] = part[key];
  }
  // Safe because only members that may be absent are undefined here.
  return present as T;
}
