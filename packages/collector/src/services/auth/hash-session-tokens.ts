import type { DBAdapterInstance, DBTransactionAdapter, Where } from 'better-auth';
import { createHash } from 'node:crypto';

/** What the store keeps of a session's token: a stolen copy of the table signs nobody in. */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Puts the hash in the token's place on the way to the store, since better-auth 1.7 has no setting for it. */
export function hashSessionTokens(openAdapter: DBAdapterInstance): DBAdapterInstance {
  return (options) => {
    const adapter = openAdapter(options);
    return {
      ...hashingAdapter(adapter),
      transaction: (work) => adapter.transaction((transaction) => work(hashingAdapter(transaction))),
    };
  };
}

function hashingAdapter(adapter: DBTransactionAdapter): DBTransactionAdapter {
  return {
    ...adapter,
    create: async (query) => {
      const { data } = query;
      if (!isSession(query) || !hasToken(data)) return adapter.create(query);
      return showToken(await adapter.create({ ...query, data: hashToken(data) }), data.token);
    },
    findOne: async (query) => showToken(await adapter.findOne(hashed(query)), tokenOf(query)),
    findMany: (query) => adapter.findMany(query.where ? hashed({ ...query, where: query.where }) : query),
    count: (query) => adapter.count(query.where ? hashed({ ...query, where: query.where }) : query),
    update: async (query) => showToken(await adapter.update(hashed(query)), tokenOf(query)),
    updateMany: (query) => adapter.updateMany(hashed(query)),
    delete: (query) => adapter.delete(hashed(query)),
    deleteMany: (query) => adapter.deleteMany(hashed(query)),
    consumeOne: async (query) => showToken(await adapter.consumeOne(hashed(query)), tokenOf(query)),
  };
}

type Query = { readonly model: string; where: Where[] };

function isSession(query: { readonly model: string }): boolean {
  return query.model === 'session';
}

function hashed<Q extends Query>(query: Q): Q {
  if (!isSession(query)) return query;
  return {
    ...query,
    where: query.where.map((clause) => (clause.field === 'token' ? { ...clause, value: hashValue(clause.value) } : clause)),
  };
}

function hashValue(value: Where['value']): Where['value'] {
  if (Array.isArray(value)) return value.map((token) => hashSessionToken(String(token)));
  return typeof value === 'string' ? hashSessionToken(value) : value;
}

function tokenOf(query: Query): string | undefined {
  if (!isSession(query)) return undefined;
  const value = query.where.find((clause) => clause.field === 'token')?.value;
  return typeof value === 'string' ? value : undefined;
}

/** Whoever asked by token gets the token back, because better-auth writes it into the cookie again. */
function showToken<Row>(row: Row, token: string | undefined): Row {
  return token !== undefined && hasToken(row) ? { ...row, token } : row;
}

function hashToken<Row extends { readonly token: string }>(row: Row): Row {
  return { ...row, token: hashSessionToken(row.token) };
}

function hasToken<Row>(row: Row): row is Row & { readonly token: string } {
  return typeof row === 'object' && row !== null && 'token' in row && typeof row.token === 'string';
}
