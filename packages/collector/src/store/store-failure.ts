import { StoreUnavailableError } from '../failures.ts';
import { causesOf } from './reason-of.ts';

/** SQLSTATE classes and codes after which the same transaction may succeed at once: lost connection, restart, deadlock, serialization. */
const TRANSIENT_STATE = /^(08|57P0[123]|40001|40P01)/;
/** The server answers, but cannot do it now: resources and full disk, operator, system, lock or statement timeout, read-only standby. */
const UNAVAILABLE_STATE = /^(53|57|58|55P03|25006)/;
const TRANSIENT_SYSTEM_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);
const UNAVAILABLE_SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOSPC',
]);
// pg 8.23 has no codes for these.
const TRANSIENT_WORDS = /connection terminated|client has encountered a connection error|client was closed/i;
const UNAVAILABLE_WORDS = /timeout exceeded when trying to connect|timeout expired|query read timeout|embedded database/i;

/** Turns a driver's error into `StoreUnavailableError` when the store could not answer; a mistake of ours stays what it is. */
export function storeFailure(error: unknown): unknown {
  for (const cause of causesOf(error)) {
    if (cause instanceof StoreUnavailableError) return cause;
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    const isTransient = TRANSIENT_STATE.test(code) || TRANSIENT_SYSTEM_CODES.has(code) || TRANSIENT_WORDS.test(cause.message);
    if (isTransient || UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SYSTEM_CODES.has(code) || UNAVAILABLE_WORDS.test(cause.message)) {
      return new StoreUnavailableError(`the database did not take the statement: ${cause.message}`, { cause: error, isTransient });
    }
  }
  return error;
}
