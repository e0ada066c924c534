import { isJsonRecord, type JsonRecord, MAX_QUANTITY, type Usage } from '@llmobserve/protocol';
import type { HeaderReader } from '../wire/index.ts';
import type { Reader, Reading, StreamView } from './provider.ts';
import { findLastObject, findLastText, parseJson } from './read-members.ts';
import { type Path, readQuantities, valueAt } from './read-quantities.ts';

const UNFINISHED = new Set<unknown>(['queued', 'created', 'validating', 'in_progress', 'finalizing', 'cancelling']);
/** Other names of the list price; a name beside them says more. */
const PLAIN_TIERS = new Set(['standard', 'default']);
/** Events that may come before the first one that names the model, such as Azure's filter results. */
const MAX_HEAD_EVENTS = 4;

/** What an answer, or the events of a stream together, told so far. */
type Told = { [name: string]: unknown };

/** Reads an answer. */
export function readAnswer(answer: JsonRecord, reader: Reader): Reading {
  const isPlain = answer['type'] !== 'error' && !reader.wrappers.some((name) => name in answer);
  return readTold(isPlain ? answer : addEvent({}, answer, reader), reader);
}

/** Reads what the head of an answer tells. */
export function readHead(header: HeaderReader, reader: Reader): Reading {
  const told: Told = {};
  for (const name of reader.heads) {
    const value = header(name);
    // A count is a number, an id is not.
    told[name] = value && !Number.isNaN(Number(value)) ? Number(value) : value;
  }
  return readTold(told, reader);
}

/** Reads a stream from both its ends: who began it, and what its last events tell. */
export function readStream(view: StreamView, reader: Reader): Reading {
  const { first, last } = view;
  const told: Told = {};
  let begun: Reading = {};
  for (let i = 0; i < MAX_HEAD_EVENTS && begun.model === undefined && begun.responseId === undefined; i += 1) {
    begun = readTold(addEvent(told, parseEvent(first[i] ?? ''), reader), reader);
  }
  const ends = listEnds(last, reader);
  for (const event of ends) addEvent(told, event, reader);
  const sum = readTold(told, reader);
  const end = ends.some((event) => findUsage(event, reader)) ? sum : merge(sum, readTail(view.tail, reader));
  const isFinal = !reader.final || last.some((payload) => reader.final?.test(payload)) || reader.final.test(view.tail);
  const usage = isFinal ? end.usage : undefined;
  const isOver = usage !== undefined || end.errorCode !== undefined;
  // Work in the background goes on without its stream, and its end can be asked for.
  const left = begun.isBackground && !isOver ? 'unfinished' : undefined;
  return {
    ...end,
    model: begun.model ?? end.model,
    responseId: begun.responseId ?? end.responseId,
    usage,
    usageSoFar: isFinal ? undefined : end.usage,
    progress: end.progress === 'cancelled' ? end.progress : left,
  };
}

/** Reads the end of an answer of which the middle was not kept: its usage and its tier, wherever they stand. */
export function readTail(tail: string, reader: Reader): Reading {
  const told: Told = {};
  for (const [name] of [...reader.at.usage, ...reader.at.tier]) {
    if (name !== undefined) told[name] = findLastObject(tail, name) ?? findLastText(tail, name);
  }
  return readTold(told, reader);
}

/** Joins two readings; what the later one knows wins. */
export function merge(earlier: Reading, later: Reading): Reading {
  const known = Object.entries(later).filter(([, value]) => value !== undefined);
  return { ...earlier, ...Object.fromEntries(known) };
}

/** The last events worth parsing, back to the one that tells the usage. */
function listEnds(last: readonly string[], reader: Reader): readonly JsonRecord[] {
  const ends: JsonRecord[] = [];
  for (let i = last.length - 1; i >= 0; i -= 1) {
    const payload = last[i] ?? '';
    if (!reader.telling.test(payload)) continue;
    const event = parseEvent(payload);
    ends.unshift(event);
    if (findUsage(addEvent({}, event, reader), reader)) break;
  }
  return ends;
}

/** Adds what an event tells, and what the answer that it wraps does; what comes later wins, name by name. */
function addEvent(told: Told, event: JsonRecord, { wrappers, members }: Reader): Told {
  if (event['type'] === 'error') told['error'] = event;
  addMembers(told, event, members);
  for (const name of wrappers) addMembers(told, event[name], members);
  return told;
}

function addMembers(told: Told, event: unknown, names: readonly string[]): Told {
  if (!isJsonRecord(event)) return told;
  for (const name of names) {
    const value = event[name];
    const before = told[name];
    if (value === undefined || value === null) continue;
    told[name] = isJsonRecord(value) && isJsonRecord(before) ? addMembers({ ...before }, value, Object.keys(value)) : value;
  }
  return told;
}

function readTold(told: JsonRecord, reader: Reader): Reading {
  const { at } = reader;
  // Together and Perplexity write capitals.
  const status = textOf(told['status'])?.toLowerCase();
  const record = readRecord(told, reader);
  return {
    model: firstText(told, at.model),
    responseId: firstText(told, at.id),
    usage: readQuantities(record, reader.quantities),
    serviceTier: firstText(told, at.tier),
    region: firstText(told, at.region),
    reportedCostUsd: readCost(record),
    errorCode: readErrorCode(told['error']) ?? (status === 'failed' ? status : undefined),
    progress: status === 'cancelled' ? status : UNFINISHED.has(status) ? 'unfinished' : undefined,
    isBackground: told['background'] === true || undefined,
  };
}

function findUsage(told: JsonRecord, reader: Reader): Usage | undefined {
  return readQuantities(readRecord(told, reader), reader.quantities);
}

/** What is told in several places is read as one. */
function readRecord(told: JsonRecord, { at: { usage } }: Reader): JsonRecord {
  let record: JsonRecord | undefined;
  for (let i = 0; i < usage.length; i += 1) {
    const found = valueAt(told, usage[i] ?? []);
    if (isJsonRecord(found)) record = record ? { ...record, ...found } : found;
  }
  return record ?? {};
}

/** `[DONE]` and whatever is no object are empty. */
function parseEvent(payload: string): JsonRecord {
  const value = payload.startsWith('{') ? parseJson(payload) : undefined;
  return isJsonRecord(value) ? value : {};
}

/** The first text, save that another name of a tier says more than that it is the plain one. */
function firstText(told: JsonRecord, paths: readonly Path[]): string | undefined {
  let plain: string | undefined;
  for (let i = 0; i < paths.length; i += 1) {
    const text = textOf(valueAt(told, paths[i] ?? []));
    if (text !== undefined && !PLAIN_TIERS.has(text)) return text;
    plain ??= text;
  }
  return plain;
}

/** Anthropic names no region by a name of its own (2026-11). */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== 'not_available' ? value : undefined;
}

/** The code of an `error` member: the code, else the type, else the status, else that there was one. */
function readErrorCode(error: unknown): string | undefined {
  if (!isJsonRecord(error)) return typeof error === 'string' && error !== '' ? 'error' : undefined;
  return textOf(error['code']) ?? textOf(error['type']) ?? textOf(error['status']) ?? 'error';
}

/** OpenRouter puts its bill into the usage; Perplexity an object of parts, whose total it is; xAI ten-billionths of a dollar. */
function readCost(told: unknown): string | undefined {
  const ticks = valueAt(told, ['cost_in_usd_ticks']);
  const cost = valueAt(told, ['cost', 'total_cost']) ?? valueAt(told, ['cost']) ?? (typeof ticks === 'number' ? ticks / 1e10 : undefined);
  // With a key of the app's own at the provider behind, OpenRouter's bill is its fee alone.
  const upstream = valueAt(told, ['is_byok']) === true ? valueAt(told, ['cost_details', 'upstream_inference_cost']) : undefined;
  return writeUsd(typeof cost === 'number' && typeof upstream === 'number' ? cost + upstream : cost);
}

/** Writes a sum of dollars, if it is one, without an exponent; digits below a pico-dollar are not money. */
export function writeUsd(cost: unknown): string | undefined {
  if (typeof cost !== 'number' || !(cost >= 0 && cost <= MAX_QUANTITY)) return undefined;
  const text = String(cost);
  return text.length > 14 || text.includes('e') ? cost.toFixed(12) : text;
}
