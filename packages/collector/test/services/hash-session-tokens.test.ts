import type { DBAdapter } from 'better-auth';
import { describe, expect, test } from 'vitest';
import { hashSessionToken, hashSessionTokens } from '../../src/services/auth/hash-session-tokens.ts';

type Asked = { readonly method: string; readonly query: Record<string, unknown> };

/** An adapter that notes what reaches the store and gives a stored row back. */
function storeSide(row: unknown): { readonly adapter: DBAdapter; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const answer = (method: string) => async (query: Record<string, unknown>) => {
    asked.push({ method, query });
    return row;
  };
  const methods = ['create', 'findOne', 'findMany', 'count', 'update', 'updateMany', 'delete', 'deleteMany', 'consumeOne'];
  const plain = Object.fromEntries(methods.map((method) => [method, answer(method)]));
  // Safe because only these methods are called here.
  const adapter = { ...plain, transaction: (work: (tx: unknown) => unknown) => work(plain) } as unknown as DBAdapter;
  return { adapter, asked };
}

const STORED = { id: '1', token: hashSessionToken('secret') };
const where = [{ field: 'token', value: 'secret' }];

describe('a session’s token', () => {
  test('is hashed on its way in, and given back to whoever made it', async () => {
    const { adapter, asked } = storeSide(STORED);
    const made = await hashSessionTokens(() => adapter)({}).create({ model: 'session', data: { token: 'secret', userId: 'u' } });
    expect(made).toEqual({ id: '1', token: 'secret' });
    expect(asked[0]?.query['data']).toEqual({ token: STORED.token, userId: 'u' });
  });

  test.each(['findOne', 'update', 'consumeOne'] as const)('is looked for by its hash in %s, and given back', async (method) => {
    const { adapter, asked } = storeSide(STORED);
    expect(await hashSessionTokens(() => adapter)({})[method]({ model: 'session', where, update: {} })).toEqual({
      id: '1',
      token: 'secret',
    });
    expect(asked[0]?.query['where']).toEqual([{ field: 'token', value: STORED.token }]);
  });

  test.each(['delete', 'deleteMany', 'updateMany', 'findMany', 'count'] as const)('is looked for by its hash in %s', async (method) => {
    const { adapter, asked } = storeSide([]);
    const list = [{ field: 'token', operator: 'in' as const, value: ['secret', 'other'] }];
    await hashSessionTokens(() => adapter)({})[method]({ model: 'session', where: list, update: {} });
    expect(asked[0]?.query['where']).toEqual([{ ...list[0], value: [STORED.token, hashSessionToken('other')] }]);
  });

  test('is hashed inside a transaction too', async () => {
    const { adapter, asked } = storeSide(STORED);
    await hashSessionTokens(() => adapter)({}).transaction((tx) => tx.findOne({ model: 'session', where }));
    expect(asked[0]?.query['where']).toEqual([{ field: 'token', value: STORED.token }]);
  });

  test('of another table stays as it is', async () => {
    const { adapter, asked } = storeSide({ id: '1', token: 'plain' });
    const hashing = hashSessionTokens(() => adapter)({});
    expect(await hashing.findOne({ model: 'verification', where })).toEqual({ id: '1', token: 'plain' });
    await hashing.create({ model: 'account', data: { token: 'plain' } });
    expect(asked.map(({ query }) => query['where'] ?? query['data'])).toEqual([where, { token: 'plain' }]);
  });
});
