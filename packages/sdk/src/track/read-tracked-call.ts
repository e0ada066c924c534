import { EVENT_KINDS, isJsonRecord, type CustomerRef, type EventKind, type Tags, type Usage } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import type { CapturedCall } from '../capture/index.ts';
import { uuidOfDigest } from '../event/index.ts';
import { fitName } from '../fit-name.ts';
import { readCustomer, readTags } from '../read-customer.ts';
import type { Scope } from '../runtime.ts';
import { readCost } from './read-cost.ts';
import { readUsage } from './read-usage.ts';

/** A call as the app tells of it. */
export type TrackedCall = {
  /** Who is paid for it, such as `twilio`. */
  readonly provider: string;
  /** What was done, such as `sms`. */
  readonly operation?: string | undefined;
  /** As the provider names it. */
  readonly model?: string | undefined;
  /** Default `custom`; the kinds that are about a model need one. */
  readonly kind?: Exclude<EventKind, 'section'> | undefined;
  /** Quantities, each part once: `input` without what was cached, `output` without what was reasoned. */
  readonly usage: Usage;
  /** What it costs, where you know it: a decimal text or a number of dollars. */
  readonly costUsd?: string | number | undefined;
  /** Default: now, less the duration. */
  readonly startedAt?: Date | string | number | undefined;
  /** How long it took, up to a year. */
  readonly durationMs?: number | undefined;
  /** Default: the customer of the running scope. */
  readonly customer?: string | CustomerRef | undefined;
  readonly tags?: Tags | undefined;
  /** Your own id of the call; a second call with it is a duplicate. */
  readonly id?: string | undefined;
};

export type TrackedCallContext = {
  readonly nowMs: number;
  readonly scope: Scope | undefined;
  readonly sha256Hex: (text: string) => string;
};

/** A year: what lasted longer is a mistake of units, and the collector would take neither it nor its start. */
const MAX_DURATION_MS = 31_536_000_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads what the app tells of a call: what decides its cost has to be right, the rest is made to fit.
 *
 * @returns a sentence on what is wrong.
 */
export function readTrackedCall(given: unknown, context: TrackedCallContext): CapturedCall<Scope> | string {
  if (!isJsonRecord(given)) return 'it takes one object';
  // Null is what a database says of what it has not.
  const told = given['usage'] ?? undefined;
  const costUsd = given['costUsd'] ?? undefined;
  const provider = fitName(given['provider']);
  const usage = readUsage(told);
  const reportedCostUsd = readCost(costUsd);
  if (provider === undefined) return 'provider must be a name';
  if (told !== undefined && !usage) return 'usage must hold numbers from 0 to 1e12 by name, whole ones of tokens';
  if (costUsd !== undefined && reportedCostUsd === undefined)
    return 'costUsd must be dollars from 0 to 1000000, as a number or a decimal text';
  const durationMs = readDuration(given['durationMs']);
  const customer = readCustomer(given['customer']);
  return {
    id: readId(given['id'], context.sha256Hex),
    kind: EVENT_KINDS.find((kind) => kind === given['kind'] && kind !== 'section') ?? 'custom',
    provider,
    operation: fitName(given['operation']) ?? 'custom',
    model: fitName(given['model']),
    startedAtMs: attempt(() => readInstant(given['startedAt'])) ?? context.nowMs - (durationMs ?? 0),
    durationMs,
    status: 'ok',
    usage,
    reportedCostUsd,
    tags: readTags(given['tags']),
    scope: customer ? { ...context.scope, customer } : context.scope,
  };
}

function readId(value: unknown, sha256Hex: (text: string) => string): string | undefined {
  if (fitName(value) === undefined) return undefined;
  const text = String(value);
  return UUID.test(text) ? text.toLowerCase() : uuidOfDigest(sha256Hex(text));
}

function readDuration(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_DURATION_MS ? value : undefined;
}

/** A text or a number is read as `Date` reads it. */
function readInstant(value: unknown): number | undefined {
  // Safe because what is no time becomes none.
  const ms = Number(new Date((value ?? Number.NaN) as Date));
  return Number.isNaN(ms) ? undefined : ms;
}
