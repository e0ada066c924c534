import { isJsonRecord, MAX_SECTION_PATH_LENGTH } from '@llmobserve/protocol';
import { attempt } from '../attempt.ts';
import { fitName } from '../fit-name.ts';
import { readCustomer, readTags } from '../read-customer.ts';
import type { Scope } from '../runtime.ts';
import { CONTEXT_VERSION } from './write-context.ts';

/** More than we ever write. */
const MAX_LENGTH = 8192;

/**
 * Reads what another process wrote down; whatever was done to it on the way, only names that fit come out.
 *
 * @returns `undefined` when it is nothing of ours.
 */
export function readContext(carried: unknown): Scope | undefined {
  if (typeof carried !== 'string' || carried.length > MAX_LENGTH) return undefined;
  const given = attempt((): unknown => JSON.parse(carried));
  if (!isJsonRecord(given) || given['v'] !== CONTEXT_VERSION) return undefined;
  const traceId = readHex(given['traceId'], 32);
  const name = fitName(given['run']);
  return {
    customer: readCustomer(given),
    section: readPath(given['section']),
    traceId,
    spanId: traceId && readHex(given['spanId'], 16),
    run: traceId && name ? { name, traceId, runId: fitName(given['runId']) } : undefined,
    tags: readTags(given['callTags']),
  };
}

function readHex(value: unknown, digits: number): string | undefined {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value) ? value : undefined;
}

function readPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_SECTION_PATH_LENGTH) return undefined;
  return value.split('/').every((segment) => fitName(segment) === segment) ? value : undefined;
}
