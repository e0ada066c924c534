import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { StoreUnavailableError } from '../../src/failures.ts';
import { storeFailure } from '../../src/store/store-failure.ts';

test.for([
  ['a restart', state('57P01'), 'transient'],
  ['a crash', state('57P02'), 'transient'],
  ['a deadlock', state('40P01'), 'transient'],
  ['a reset socket', system('ECONNRESET'), 'transient'],
  ['an ended connection', new Error('Connection terminated unexpectedly'), 'transient'],
  ['a full disk', state('53100'), 'unavailable'],
  ['too many connections', state('53300'), 'unavailable'],
  ['a statement that took too long', state('57014'), 'unavailable'],
  ['a lock that is held', state('55P03'), 'unavailable'],
  ['a standby', state('25006'), 'unavailable'],
  ['a server that is not there', system('ECONNREFUSED'), 'unavailable'],
  ['a host with two addresses, neither there', new AggregateError([system('ECONNREFUSED'), system('ECONNREFUSED')]), 'unavailable'],
  ['a busy pool', new Error('timeout exceeded when trying to connect'), 'unavailable'],
  ['the cause of another error', new Error('Failed query', { cause: state('57P01') }), 'transient'],
] as const)('%s means that the store is unavailable', ([, error, kind]) => {
  const failure = storeFailure(error);
  expect(failure).toBeInstanceOf(StoreUnavailableError);
  expect(failure).toMatchObject({ isTransient: kind === 'transient', cause: error });
});

test.for([
  ['a mistake in SQL', state('42601')],
  ['a value that does not fit', state('22003')],
  ['a bug', new TypeError('x is not a function')],
  ['a text', 'oops'],
] as const)('%s stays what it is', ([, error]) => {
  expect(storeFailure(error)).toBe(error);
});

function state(code: string): Error {
  return Object.assign(new DatabaseError('the server said no', 0, 'error'), { code });
}

function system(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code });
}
