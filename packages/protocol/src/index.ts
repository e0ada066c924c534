// Events: what is sent, and how it is read.
export { EVENT_KINDS, EVENT_STATUSES, MODEL_KINDS, USAGE_QUALITIES } from './cost-event.ts';
export type { CostEvent, EventError, EventKind, EventStatus, JsonValue, SentCostEvent, UsageQuality } from './cost-event.ts';
export { isTokenKey, MAX_QUANTITY, MEASURE_KEYS, TOKEN_KEYS, USAGE_KEYS } from './usage.ts';
export type { MeasureKey, TokenKey, Usage, UsageKey } from './usage.ts';
export { MAX_ATTRIBUTE_BYTES, parseCostEvent } from './parse-cost-event.ts';
export type { ParsedEvent, ParseResult } from './parse-cost-event.ts';
export { isJsonRecord } from './event-reader.ts';
export { sortedKeys } from './sorted-keys.ts';
export type { EventProblem, JsonRecord } from './event-reader.ts';
export { parseInstant } from './parse-instant.ts';
export { hasControlCharacter, isLongerThan, repairText } from './text.ts';
export { MAX_EVENT_DEPTH, MAX_EVENT_KEYS } from './measure-event.ts';

// Batches: how events travel.
export { EVENT_PROBLEM_CODES, MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from './batch.ts';
export type { Batch, BatchAnswer, EventProblemCode, Rejection, SdkIdentity } from './batch.ts';
export { PROBLEM_STATUS } from './problem.ts';
export type { Problem, ProblemCode } from './problem.ts';

// Attribution: who a call is for.
export { innermostAgent, MAX_NAME_LENGTH, MAX_SECTION_PATH_LENGTH, SECTION_KINDS, sectionSegment } from './attribution.ts';
export type { CustomerFacts, CustomerRef, SectionKind, Tags } from './attribution.ts';

// Money: exact.
export { divideHalfEven, formatUsd, parseUsd, PICO_PER_USD, toPicoUsd, ZERO_USD } from './money.ts';
export type { PicoUsd } from './money.ts';

// Keys.
export { createApiKey, isApiKey, maskApiKey, SCOPES } from './api-key.ts';
export type { ApiKey, Scope } from './api-key.ts';

// Answers: what the collector's reads return.
export { COST_DIMENSIONS, COST_INTERVALS } from './dashboard-api.ts';
export type {
  ApiKeySummary,
  CostDimension,
  CostGroup,
  CostInterval,
  CostLine,
  CostPoint,
  CostQuality,
  CostReport,
  CreatedApiKey,
  CustomerDetail,
  CustomerPage,
  CustomerSummary,
  EventCost,
  LiveEvent,
  Page,
  Ping,
  PricedEvent,
  Proof,
  Session,
  SetupResult,
  SetupState,
  UnpricedModel,
  UsdText,
} from './dashboard-api.ts';
