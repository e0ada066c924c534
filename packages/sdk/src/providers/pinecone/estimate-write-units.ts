import { isJsonRecord, type Usage } from '@llmobserve/protocol';
import type { RequestView } from '../provider.ts';
import { parseJson } from '../read-members.ts';

type RequestBody = Pick<RequestView, 'text' | 'isWhole' | 'totalBytes'>;

/** Pinecone's smallest charge for a write (since 2025-07-01). */
const MIN_WRITE_UNITS = 5;
const BYTES_PER_UNIT = 1000;
const BYTES_PER_DIMENSION = 4;
const BYTES_PER_SPARSE_VALUE = 8;
/** Beyond this a body is not parsed: its first records stand for the rest. */
const MAX_PARSED_BYTES = 64 * 1024;

/**
 * Works out the range of write units of one request: one for each kB of its records, at least five, and as much again
 * if every record replaced one of its size, which only Pinecone sees.
 */
export function estimateWriteUnits(request: RequestBody): Usage {
  const kilobytes = Math.ceil(recordBytes(request) / BYTES_PER_UNIT);
  const writeUnitsMin = Math.max(MIN_WRITE_UNITS, kilobytes);
  return { writeUnitsMin, writeUnitsMax: writeUnitsMin + kilobytes };
}

/** Pinecone counts a record by its id, its metadata and the width of its vector, not by the digits of its JSON. */
function recordBytes({ text, isWhole, totalBytes }: RequestBody): number {
  if (isWhole && totalBytes <= MAX_PARSED_BYTES) {
    const body = parseJson(text);
    // Records with a text come one a line.
    return isJsonRecord(body) ? bodyBytes(body) : totalBytes;
  }
  const head = text.slice(0, MAX_PARSED_BYTES);
  const start = head.indexOf('[') + 1;
  const end = head.lastIndexOf('},{') + 1;
  const records = start > 0 && end > start ? parseJson(`[${head.slice(start, end)}]`) : undefined;
  return Array.isArray(records) ? Math.ceil((totalBytes * bytesOfAll(records)) / (end - start)) : totalBytes;
}

function bodyBytes({ vectors, documents, deleteAll, ...record }: Readonly<Record<string, unknown>>): number {
  const records = vectors ?? documents;
  // Emptying a namespace costs the smallest charge, whatever is in it.
  return deleteAll === true ? 0 : Array.isArray(records) ? bytesOfAll(records) : bytesOf(record);
}

function bytesOfAll(records: readonly unknown[]): number {
  return records.reduce<number>((sum, record) => sum + bytesOf(record), 0);
}

function bytesOf(record: unknown): number {
  if (!isJsonRecord(record)) return 0;
  return Object.entries(record).reduce((sum, [name, value]) => sum + (name === 'namespace' ? 0 : bytesOfValue(value)), 0);
}

function bytesOfValue(value: unknown): number {
  if (Array.isArray(value) && typeof value[0] === 'number') return value.length * BYTES_PER_DIMENSION;
  if (isJsonRecord(value) && 'indices' in value) return listLength(value['values']) * BYTES_PER_SPARSE_VALUE;
  return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
}

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
