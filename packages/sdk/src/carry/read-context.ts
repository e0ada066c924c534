import { isJsonRecord, MAX_SECTION_PATH_LENGTH, type JsonRecord } from '@llmobserve/protocol';
import { fitName } from '../fit-name.ts';
import { readCustomer, readTags } from '../read-customer.ts';
import type { RunRef, Scope } from '../runtime.ts';
import { CONTEXT_VERSION } from './write-context.ts';

/** More than we ever write. */
const MAX_LENGTH = 8192;
const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/**
 * Reads what another process wrote down; whatever was done to it on the way, only names that fit come out.
 *
 * @returns `undefined` when it is nothing of ours.
 */
export function readContext(carried: unknown): Scope | undefined {
  const given = parse(carried);
  if (given?.['v'] !== CONTEXT_VERSION) return undefined;
  const customer = readCustomer(given);
  const section = readPath(given['section']);
  const traceId = readHex(given['traceId'], TRACE_ID);
  const spanId = traceId && readHex(given['spanId'], SPAN_ID);
  const run = traceId === undefined ? undefined : readRun(given, traceId);
  const tags = readTags(given['callTags']);
  return {
    ...(customer && { customer }),
    ...(section && { section }),
    ...(traceId && { traceId }),
    ...(spanId && { spanId }),
    ...(run && { run }),
    ...(tags && { tags }),
  };
}

function parse(carried: unknown): JsonRecord | undefined {
  if (typeof carried !== 'string' || carried.length > MAX_LENGTH) return undefined;
  try {
    const given: unknown = JSON.parse(carried);
    return isJsonRecord(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

function readRun(given: JsonRecord, traceId: string): RunRef | undefined {
  const name = fitName(given['run']);
  const runId = fitName(given['runId']);
  return name === undefined ? undefined : { name, traceId, ...(runId && { runId }) };
}

function readHex(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined;
}

function readPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_SECTION_PATH_LENGTH) return undefined;
  return (
    value
      .split('/')
      .flatMap((segment) => fitName(segment) ?? [])
      .join('/') || undefined
  );
}
