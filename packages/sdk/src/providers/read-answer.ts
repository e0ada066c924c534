import { isJsonRecord, type JsonRecord, MAX_QUANTITY } from '@llmobserve/protocol';
import type { Reader, Reading, StreamView } from './provider.ts';
import { findLastObject, findLastText, parseJson } from './read-members.ts';
import { readQuantities, valueAt } from './read-quantities.ts';

const UNFINISHED = new Set<unknown>(['queued', 'in_progress']);
/** Events that may come before the first one that names the model, such as Azure's filter results. */
const MAX_HEAD_EVENTS = 4;
const TELLING = /"(?:usage|error|response|status)"/;
/** Reads an answer, or one event of its stream. */
export function readAnswer(event: JsonRecord, reader: Reader): Reading {
  const wrapped = reader.wrapper === undefined ? undefined : event[reader.wrapper];
  const answer = isJsonRecord(wrapped) ? wrapped : event;
  const status = answer['status'];
  const told = reader.usageAt.map((path) => valueAt(answer, path)).find(isJsonRecord);
  const error = answer['error'] ?? (event['type'] === 'error' ? (event['error'] ?? event) : undefined);
  return {
    model: textOf(answer['model']),
    responseId: textOf(answer['id']),
    usage: readQuantities(told, reader.quantities),
    serviceTier: textOf(answer['service_tier']),
    reportedCostUsd: readCost(told),
    errorCode: readErrorCode(error) ?? (status === 'failed' ? status : undefined),
    progress: status === 'cancelled' ? status : UNFINISHED.has(status) ? 'unfinished' : undefined,
    ...(answer['background'] === true && { isBackground: true }),
  };
}

/** Reads a stream from both its ends: who began it, and what its last events tell. */
export function readStream({ first, last, tail }: StreamView, reader: Reader): Reading {
  const { progress: _begun, ...begun } = readFirst(first, reader);
  let end: Reading = {};
  for (let i = last.length - 1; i >= 0 && !end.usage; i -= 1) {
    const payload = last[i] ?? '';
    if (TELLING.test(payload)) end = merge(readAnswer(parseEvent(payload), reader), end);
  }
  if (!end.usage) end = merge(readTail(tail, reader), end);
  const { progress, usage, errorCode } = end;
  const isOver = usage !== undefined || errorCode !== undefined;
  // Work in the background goes on without its stream, and its end can be asked for.
  const left = begun.isBackground && !isOver ? 'unfinished' : undefined;
  return { ...merge(begun, end), progress: progress === 'cancelled' ? progress : left };
}

/** Reads the end of an answer of which the middle was not kept. */
export function readTail(tail: string, reader: Reader): Reading {
  const told = reader.usageAt.map((path) => findLastObject(tail, path.at(-1) ?? '')).find(isJsonRecord);
  return {
    usage: readQuantities(told, reader.quantities),
    reportedCostUsd: readCost(told),
    serviceTier: findLastText(tail, 'service_tier'),
  };
}

/** Joins two readings; what the later one knows wins. */
export function merge(earlier: Reading, later: Reading): Reading {
  const known = Object.entries(later).filter(([, value]) => value !== undefined);
  return { ...earlier, ...Object.fromEntries(known) };
}

function readFirst(payloads: readonly string[], reader: Reader): Reading {
  for (const payload of payloads.slice(0, MAX_HEAD_EVENTS)) {
    const reading = readAnswer(parseEvent(payload), reader);
    if (reading.model !== undefined || reading.responseId !== undefined) return reading;
  }
  return {};
}

/** `[DONE]` and whatever is no object are empty. */
function parseEvent(payload: string): JsonRecord {
  const value = payload.startsWith('{') ? parseJson(payload) : undefined;
  return isJsonRecord(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The code of an `error` member: the code, else the type, else that there was one. */
function readErrorCode(error: unknown): string | undefined {
  if (!isJsonRecord(error)) return typeof error === 'string' && error !== '' ? 'error' : undefined;
  return textOf(error['code']) ?? textOf(error['type']) ?? 'error';
}

/** OpenRouter puts its bill into the usage; Perplexity an object of parts, whose total it is. */
function readCost(told: JsonRecord | undefined): string | undefined {
  const cost = valueAt(told, ['cost', 'total_cost']) ?? told?.['cost'];
  if (typeof cost !== 'number' || !(cost >= 0 && cost <= MAX_QUANTITY)) return undefined;
  const text = String(cost);
  // Without an exponent; digits below a pico-dollar are not money.
  return text.includes('e') ? cost.toFixed(12) : text;
}
