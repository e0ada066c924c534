import { isJsonRecord, type JsonRecord, type Usage } from '@llmobserve/protocol';
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
  return { writeUnitsMin, writeUnitsMax: Math.max(writeUnitsMin, writeUnitsMin + kilobytes) };
}

/** Pinecone counts a record by its id, its metadata and the width of its vector, not by the digits of its JSON. */
function recordBytes({ text, isWhole, totalBytes }: RequestBody): number {
  if (isWhole && totalBytes <= MAX_PARSED_BYTES) {
    const body = parseJson(text);
    return isJsonRecord(body) ? bodyBytes(body) : totalBytes;
  }
  const sample = readSample(text);
  return sample ? Math.ceil((totalBytes * sample.recordBytes) / sample.textBytes) : totalBytes;
}

function bodyBytes(body: JsonRecord): number {
  const { vectors } = body;
  if (Array.isArray(vectors)) return vectors.reduce<number>((sum, vector) => sum + bytesOf(vector), 0);
  return bytesOf(body);
}

function bytesOf(record: unknown): number {
  if (!isJsonRecord(record)) return 0;
  const { id, values, sparseValues, metadata, setMetadata, ...rest } = record;
  const sparse = isJsonRecord(sparseValues) && Array.isArray(sparseValues['values']) ? sparseValues['values'].length : 0;
  const others = values === undefined && metadata === undefined ? jsonBytes(rest) : 0;
  return (
    jsonBytes(id) +
    (Array.isArray(values) ? values.length * BYTES_PER_DIMENSION : 0) +
    sparse * BYTES_PER_SPARSE_VALUE +
    jsonBytes(metadata ?? setMetadata) +
    others
  );
}

function jsonBytes(value: unknown): number {
  if (value === undefined) return 0;
  return Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Measures the records that stand whole in the first part of a long body. */
function readSample(text: string): { readonly recordBytes: number; readonly textBytes: number } | undefined {
  const head = text.slice(0, MAX_PARSED_BYTES);
  const start = head.indexOf('[') + 1;
  const end = head.lastIndexOf('},{');
  if (start === 0 || end <= start) return undefined;
  const records = parseJson(`[${head.slice(start, end + 1)}]`);
  if (!Array.isArray(records)) return undefined;
  return { recordBytes: bodyBytes({ vectors: records }), textBytes: end + 1 - start };
}
