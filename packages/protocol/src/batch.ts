import type { CustomerFacts } from './attribution.ts';
import type { SentCostEvent } from './cost-event.ts';

export const MAX_BATCH_EVENTS = 1000;
export const MAX_BATCH_BYTES = 5_000_000;

/** The process that sends, as it names itself. */
export type SdkIdentity = { readonly name: string; readonly version: string; readonly runtime: string; readonly instance: string };

/** Body of `POST /v1/events`. */
export type Batch = {
  readonly sdk?: SdkIdentity;
  /** Grows by one per batch of this process. */
  readonly seq?: number;
  /** Events lost since the process started, by reason. */
  readonly lost?: Readonly<Record<string, number>>;
  readonly customers?: readonly CustomerFacts[];
  readonly events: readonly SentCostEvent[];
};

export const EVENT_PROBLEM_CODES = [
  'missing_field',
  'invalid_type',
  'invalid_number',
  'invalid_string',
  'invalid_time',
  'invalid_id',
  'out_of_range',
  'too_long',
  'too_deep',
  'too_large',
] as const;
export type EventProblemCode = (typeof EVENT_PROBLEM_CODES)[number];

/** Why one event of a batch was refused; its neighbours are not affected. */
export type Rejection = { readonly index: number; readonly id?: string; readonly code: EventProblemCode; readonly detail: string };

/** Answer of `POST /v1/events`: accepted + duplicates + rejected.length = events sent. */
export type BatchAnswer = { readonly accepted: number; readonly duplicates: number; readonly rejected: readonly Rejection[] };
