import {
  hasControlCharacter,
  isJsonRecord,
  isLongerThan,
  MAX_BATCH_EVENTS,
  MAX_NAME_LENGTH,
  MAX_QUANTITY,
  repairText,
  type CustomerFacts,
  type JsonRecord,
  type Tags,
} from '@llmobserve/protocol';

import { InvalidBatchError } from '../failures.ts';
import type { LossTotal } from '../store/index.ts';

const MAX_FACTS = MAX_BATCH_EVENTS;
const MAX_TAGS = 64;
const MAX_REASONS = 64;

/** A batch, taken apart; its events are not read yet. */
export type BatchParts = {
  readonly events: readonly unknown[];
  readonly customers: readonly CustomerFacts[];
  readonly losses: readonly LossTotal[];
};

/**
 * Takes the body of a batch apart.
 *
 * Only `events` decides whether it is a batch. Whatever stands beside them is left out where it cannot be read, member by
 * member: a fact about a customer must never cost a call.
 *
 * @throws {InvalidBatchError} when it is no object, has no list of events, or too many of them.
 */
export function readBatch(body: unknown, keyId: string): BatchParts {
  if (!isJsonRecord(body)) throw new InvalidBatchError('invalid_body', 'The body must be an object with a list `events`.');
  const events = memberOf(body, 'events');
  if (!Array.isArray(events)) throw new InvalidBatchError('invalid_body', '`events` must be a list.');
  if (events.length > MAX_BATCH_EVENTS) {
    throw new InvalidBatchError('too_many_events', `A batch has at most ${MAX_BATCH_EVENTS} events; this one has ${events.length}.`);
  }
  return { events, customers: readFacts(memberOf(body, 'customers')), losses: readLosses(body, keyId) };
}

function memberOf(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function readFacts(value: unknown): readonly CustomerFacts[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MAX_FACTS).flatMap((fact: unknown) => readFact(fact) ?? []);
}

function readFact(value: unknown): CustomerFacts | undefined {
  if (!isJsonRecord(value)) return undefined;
  const id = readIdentifier(memberOf(value, 'id'));
  if (id === undefined) return undefined;
  const name = readText(memberOf(value, 'name'));
  const plan = readText(memberOf(value, 'plan'));
  const tags = readTags(memberOf(value, 'tags'));
  return { id, ...(name !== undefined && { name }), ...(plan !== undefined && { plan }), ...(tags !== undefined && { tags }) };
}

function readTags(value: unknown): Tags | undefined {
  if (!isJsonRecord(value)) return undefined;
  const tags = Object.entries(value).flatMap(([key, member]) => {
    const name = readIdentifier(key);
    const text = readText(member);
    return name === undefined || text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(tags.slice(0, MAX_TAGS));
}

/** A sender that does not name its process is told from others by its key. */
function readLosses(body: JsonRecord, keyId: string): readonly LossTotal[] {
  const lost = memberOf(body, 'lost');
  if (!isJsonRecord(lost)) return [];
  const sdk = memberOf(body, 'sdk');
  const instance = (isJsonRecord(sdk) ? readIdentifier(memberOf(sdk, 'instance')) : undefined) ?? `key:${keyId}`;
  const totals = Object.entries(lost).flatMap(([key, total]) => {
    const reason = readIdentifier(key);
    return reason === undefined || !isCount(total) ? [] : [{ instance, reason, total }];
  });
  return totals.slice(0, MAX_REASONS);
}

function readIdentifier(value: unknown): string | undefined {
  return value === '' || (typeof value === 'string' && hasControlCharacter(value)) ? undefined : readText(value);
}

function readText(value: unknown): string | undefined {
  return typeof value !== 'string' || isLongerThan(value, MAX_NAME_LENGTH) ? undefined : repairText(value);
}

/** Zero is no loss. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_QUANTITY;
}
