export type StoredRecord = { readonly id: string; readonly values: readonly number[]; readonly metadata?: unknown };
export type Match = { readonly record: StoredRecord; readonly score: number };

const BYTES_PER_VALUE = 4;
const BYTES_PER_GB = 1_000_000_000;

/** The records of one index, by namespace. */
export type VectorStore = {
  upsert(namespace: string, records: readonly StoredRecord[]): number;
  fetch(namespace: string, ids: readonly string[]): readonly StoredRecord[];
  delete(namespace: string, ids: readonly string[] | 'all'): void;
  /** By cosine, nearest first. */
  query(namespace: string, vector: readonly number[], topK: number): readonly Match[];
  list(namespace: string, prefix: string): readonly string[];
  counts(): Readonly<Record<string, number>>;
  sizeGb(namespace: string): number;
};

export function createVectorStore(): VectorStore {
  const namespaces = new Map<string, Map<string, StoredRecord>>();
  const recordsOf = (namespace: string): ReadonlyMap<string, StoredRecord> => namespaces.get(namespace) ?? new Map();
  return {
    upsert: (namespace, records) => {
      const known = namespaces.get(namespace) ?? new Map<string, StoredRecord>();
      namespaces.set(namespace, known);
      for (const record of records) known.set(record.id, record);
      return records.length;
    },
    fetch: (namespace, ids) => ids.flatMap((id) => recordsOf(namespace).get(id) ?? []),
    delete: (namespace, ids) => {
      if (ids === 'all') namespaces.delete(namespace);
      else for (const id of ids) namespaces.get(namespace)?.delete(id);
    },
    query: (namespace, vector, topK) =>
      [...recordsOf(namespace).values()]
        .map((record) => ({ record, score: cosine(record.values, vector) }))
        .toSorted((left, right) => right.score - left.score)
        .slice(0, topK),
    list: (namespace, prefix) => [...recordsOf(namespace).keys()].filter((id) => id.startsWith(prefix)),
    counts: () => Object.fromEntries([...namespaces].map(([name, records]) => [name, records.size])),
    sizeGb: (namespace) => [...recordsOf(namespace).values()].reduce((sum, record) => sum + sizeBytes(record), 0) / BYTES_PER_GB,
  };
}

function cosine(left: readonly number[], right: readonly number[]): number {
  const dot = left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return dot / (Math.hypot(...left) * Math.hypot(...right) || 1);
}

function sizeBytes(record: StoredRecord): number {
  return record.id.length + JSON.stringify(record.metadata ?? {}).length + record.values.length * BYTES_PER_VALUE;
}
