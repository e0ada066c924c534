import { jsonAnswer, startFakeProvider } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest } from '../providers/index.ts';

export type VectorStoreKind = 'qdrant' | 'weaviate' | 'chroma' | 'turbopuffer';

/** Turbopuffer bills at least this much for a query and a write (2026-11). */
const MIN_QUERIED_BYTES = 1_280_000_000;
const MIN_WRITTEN_BYTES = 10_000;

/**
 * Starts a vector store of the test's own that answers in one kind's form and keeps nothing.
 *
 * @example
 * const fake = await startFakeVectorStore('qdrant');
 * await fetch(`${fake.url}/collections/docs/points/query`, { method: 'POST', body: '{"query":[0.1]}' });
 */
export function startFakeVectorStore(kind: VectorStoreKind, options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const refuse = (status: number): Answer => jsonAnswer(status, { error: `the fake ${kind} answers ${status}` });
  return startFakeProvider({ answer: FORMS[kind], refuse }, options);
}

const FORMS: Readonly<Record<VectorStoreKind, (request: ReadRequest) => Answer>> = {
  qdrant: answerQdrant,
  weaviate: answerWeaviate,
  chroma: answerChroma,
  turbopuffer: answerTurbopuffer,
};

const COLLECTION = {
  id: '0198f3a2-0000-7000-8000-000000000001',
  name: 'docs',
  metadata: null,
  configuration_json: { embedding_function: null },
  schema: null,
  dimension: 2,
  tenant: 'default_tenant',
  database: 'default_database',
};

/** Qdrant Cloud tells what the machine did, which it does not bill. */
function answerQdrant({ method, path }: ReadRequest): Answer {
  const usage = { hardware: { cpu: 7, payload_io_read: 0, payload_io_write: 0, vector_io_read: 3, vector_io_write: 0 } };
  const isRead = /\/(?:query|search|scroll|recommend)$/.test(path);
  const result = isRead ? { points: [] } : method === 'GET' ? null : { operation_id: 1, status: 'completed' };
  return jsonAnswer(200, { usage, time: 0.001, status: 'ok', result });
}

function answerWeaviate({ method, path }: ReadRequest): Answer {
  if (path === '/v1/graphql') return jsonAnswer(200, { data: { Get: { Docs: [] } } });
  return method === 'DELETE'
    ? { status: 204, headers: {}, pieces: [] }
    : jsonAnswer(200, { class: 'Docs', id: '0198f3a2-0000-7000-8000-000000000001' });
}

function answerChroma({ path }: ReadRequest): Answer {
  if (path.endsWith('/pre-flight-checks')) return jsonAnswer(200, { max_batch_size: 1000, supports_base64_encoding: false });
  if (path.endsWith('/collections')) return jsonAnswer(200, COLLECTION);
  if (path.endsWith('/query')) return jsonAnswer(200, { ids: [[]], distances: [[]], documents: [[]], metadatas: [[]], include: [] });
  if (path.endsWith('/get')) return jsonAnswer(200, { ids: [], include: [] });
  return jsonAnswer(path.endsWith('/add') ? 201 : 200, {});
}

function answerTurbopuffer({ path, body }: ReadRequest): Answer {
  if (path.endsWith('/query')) {
    const billing = { billable_logical_bytes_queried: MIN_QUERIED_BYTES, billable_logical_bytes_returned: 512 };
    return jsonAnswer(200, { rows: [], billing, performance: { cache_hit_ratio: 1, cache_temperature: 'hot', server_total_ms: 3 } });
  }
  const billing = { billable_logical_bytes_written: Math.max(MIN_WRITTEN_BYTES, body.length) };
  return jsonAnswer(200, { status: 'OK', rows_affected: 1, message: 'rows', billing });
}
