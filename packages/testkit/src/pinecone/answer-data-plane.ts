import type { JsonRecord } from '@llmobserve/protocol';
import { countWords, jsonAnswer, listOf, recordOf, textOf, writeVector, type Answer, type ReadRequest } from '../providers/index.ts';
import { refuse } from './refuse.ts';
import type { StoredRecord, VectorStore } from './vector-store.ts';

const MIN_QUERY_READ_UNITS = 0.25;
const RECORDS_PER_READ_UNIT = 10;

/** Answers what goes to an index: records in, out and searched, with the read units Pinecone counts. */
export function answerDataPlane(store: VectorStore, request: ReadRequest): Answer {
  const name = `${request.method} ${request.path}`;
  const namespace = textOf(request.members['namespace']) ?? request.query.get('namespace') ?? '';
  if (name === 'POST /query') return query(store, namespace, request.members);
  if (name === 'POST /vectors/upsert')
    return jsonAnswer(200, { upsertedCount: store.upsert(namespace, readRecords(request.members['vectors'])) });
  if (name === 'POST /vectors/update') return update(store, namespace, request.members);
  if (name === 'POST /vectors/delete') return remove(store, namespace, request.members);
  if (name === 'POST /vectors/fetch_by_metadata') return fetchRecords(store, namespace, store.list(namespace, ''));
  if (name === 'POST /bulk/imports') return jsonAnswer(200, { id: 'import-1' });
  if (name === 'GET /namespaces') return jsonAnswer(200, { namespaces: Object.keys(store.counts()).map((each) => ({ name: each })) });
  if (name.startsWith('DELETE /namespaces/')) return remove(store, name.slice('DELETE /namespaces/'.length), { deleteAll: true });
  if (name === 'GET /vectors/fetch') return fetchRecords(store, namespace, request.query.getAll('ids'));
  if (name === 'GET /vectors/list') return list(store, namespace, request.query.get('prefix') ?? '');
  if (name === 'POST /describe_index_stats') return describeStats(store);
  const [, recordNamespace, verb] = /^POST \/records\/namespaces\/([^/]+)\/(upsert|search)$/.exec(name) ?? [];
  if (recordNamespace === undefined) return refuse(404);
  return verb === 'upsert' ? upsertTexts(store, recordNamespace, request.body) : searchTexts(store, recordNamespace, request.members);
}

function query(store: VectorStore, namespace: string, members: JsonRecord): Answer {
  const [byId] = typeof members['id'] === 'string' ? store.fetch(namespace, [members['id']]) : [];
  const vector = byId?.values ?? numbersOf(members['vector']);
  const matches = store.query(namespace, vector, Number(members['topK'] ?? 10)).map(({ record, score }) => ({
    id: record.id,
    score,
    values: members['includeValues'] === true ? record.values : [],
    ...(members['includeMetadata'] === true && record.metadata !== undefined ? { metadata: record.metadata } : {}),
  }));
  return jsonAnswer(200, { matches, namespace, usage: { readUnits: queryReadUnits(store, namespace) } });
}

/** One read unit a gigabyte of the namespace, at least a quarter. */
function queryReadUnits(store: VectorStore, namespace: string): number {
  return Math.max(MIN_QUERY_READ_UNITS, Math.ceil(store.sizeGb(namespace) * 100) / 100);
}

function fetchRecords(store: VectorStore, namespace: string, ids: readonly string[]): Answer {
  const vectors = Object.fromEntries(store.fetch(namespace, ids).map((record) => [record.id, record]));
  return jsonAnswer(200, { vectors, namespace, usage: { readUnits: Math.ceil(ids.length / RECORDS_PER_READ_UNIT) } });
}

function list(store: VectorStore, namespace: string, prefix: string): Answer {
  return jsonAnswer(200, { vectors: store.list(namespace, prefix).map((id) => ({ id })), namespace, usage: { readUnits: 1 } });
}

function update(store: VectorStore, namespace: string, members: JsonRecord): Answer {
  const [known] = store.fetch(namespace, [String(members['id'])]);
  if (!known) return refuse(404);
  const values = Array.isArray(members['values']) ? numbersOf(members['values']) : known.values;
  store.upsert(namespace, [{ id: known.id, values, metadata: members['setMetadata'] ?? known.metadata }]);
  return jsonAnswer(200, {});
}

function remove(store: VectorStore, namespace: string, members: JsonRecord): Answer {
  store.delete(namespace, members['deleteAll'] === true ? 'all' : listOf(members['ids']).map(String));
  return jsonAnswer(200, {});
}

function describeStats(store: VectorStore): Answer {
  const counts = store.counts();
  const namespaces = Object.fromEntries(Object.entries(counts).map(([name, vectorCount]) => [name, { vectorCount }]));
  const totalVectorCount = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return jsonAnswer(200, { namespaces, dimension: 1536, indexFullness: 0, totalVectorCount, metric: 'cosine', vectorType: 'dense' });
}

/** Records with a text that Pinecone embeds itself come one JSON object a line. */
function upsertTexts(store: VectorStore, namespace: string, body: Buffer): Answer {
  const lines = body.toString('utf8').split('\n').filter(Boolean);
  const records = lines.map((line): StoredRecord => {
    const { _id: newId, id = newId, ...metadata } = recordOf(JSON.parse(line));
    return { id: String(id), values: writeVector(JSON.stringify(metadata)), metadata };
  });
  store.upsert(namespace, records);
  return { status: 201, headers: {}, pieces: [] };
}

function searchTexts(store: VectorStore, namespace: string, members: JsonRecord): Answer {
  const asked = recordOf(members['query']);
  const text = textOf(recordOf(asked['inputs'])['text']) ?? '';
  const hits = store.query(namespace, writeVector(text), Number(asked['top_k'] ?? 10));
  const rerank = 'rerank' in members ? { rerank_units: 1 } : {};
  return jsonAnswer(200, {
    result: { hits: hits.map(({ record, score }) => ({ _id: record.id, _score: score, fields: record.metadata })) },
    usage: { read_units: Math.ceil(queryReadUnits(store, namespace)), embed_total_tokens: countWords(text), ...rerank },
  });
}

function readRecords(value: unknown): readonly StoredRecord[] {
  return listOf(value).map((entry) => {
    const { id, values, metadata } = recordOf(entry);
    return { id: String(id), values: numbersOf(values), ...(metadata === undefined ? {} : { metadata }) };
  });
}

function numbersOf(value: unknown): readonly number[] {
  return listOf(value).map(Number);
}
