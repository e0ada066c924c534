import { MAX_NAME_LENGTH, type Tags } from './attribution.ts';
import type { EventProblemCode } from './batch.ts';
import type { JsonValue } from './cost-event.ts';
import { sortedKeys } from './sorted-keys.ts';
import { hasControlCharacter, isLongerThan, repairText } from './text.ts';
import { isTokenKey, MAX_QUANTITY, type Usage } from './usage.ts';

/** One thing wrong with one event: a code for machines, a sentence for people. */
export type EventProblem = { readonly code: EventProblemCode; readonly path: string; readonly detail: string };

export type JsonRecord = { readonly [key: string]: unknown };

/** True for a JSON object (not an array, not null). */
export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the members of one event, gathers every problem, and notes when a text had to be repaired. */
export class EventReader {
  readonly problems: EventProblem[] = [];
  isRepaired = false;
  readonly #members: JsonRecord;

  constructor(members: JsonRecord) {
    this.#members = members;
  }

  refuse(code: EventProblemCode, path: string, detail: string): undefined {
    this.problems.push({ code, path, detail });
    return undefined;
  }

  /** The raw member; null is absent. */
  raw(path: string): unknown {
    const value = this.#members[path] ?? undefined;
    return value === undefined || Object.hasOwn(this.#members, path) ? value : undefined;
  }

  required<T>(path: string, value: T | undefined): T | undefined {
    if (this.raw(path) === undefined) return this.refuse('missing_field', path, `${path} is required`);
    return value;
  }

  /** A name that others refer to: not empty, no control characters, bounded. */
  identifier(path: string, maxLength: number = MAX_NAME_LENGTH): string | undefined {
    return this.identifierOf(this.raw(path), path, maxLength);
  }

  identifierOf(value: unknown, path: string, maxLength: number = MAX_NAME_LENGTH): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.refuse('invalid_type', path, `${path} must be a string`);
    if (value === '' || hasControlCharacter(value)) {
      return this.refuse('invalid_string', path, `${path} must not be empty or hold control characters`);
    }
    return this.#bounded(value, path, maxLength);
  }

  /** Free text: may be empty; what no database can store becomes U+FFFD. */
  textOf(value: unknown, path: string): string | undefined {
    if (typeof value !== 'string') return this.refuse('invalid_type', path, `${path} must be a string`);
    return this.#bounded(value, path, MAX_NAME_LENGTH);
  }

  hex(path: string, length: number): string | undefined {
    const value = this.raw(path);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.refuse('invalid_type', path, `${path} must be a string`);
    if (value.length !== length || !/^[0-9a-f]+$/i.test(value))
      return this.refuse('invalid_id', path, `${path} must be ${length} hex digits`);
    return value.toLowerCase();
  }

  oneOf<T extends string>(path: string, values: readonly T[]): T | undefined {
    const value = this.raw(path);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') return this.refuse('invalid_type', path, `${path} must be a string`);
    return values.find((known) => known === value) ?? this.refuse('invalid_string', path, `${path} must be one of ${values.join(', ')}`);
  }

  flag(path: string): boolean | undefined {
    const value = this.raw(path);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.refuse('invalid_type', path, `${path} must be true or false`);
  }

  quantity(path: string): number | undefined {
    return this.quantityOf(this.raw(path), path, false);
  }

  quantityOf(value: unknown, path: string, mustBeWhole: boolean): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== 'number') return this.refuse('invalid_number', path, `${path} must be a number`);
    if (!(value >= 0 && value <= MAX_QUANTITY)) return this.refuse('invalid_number', path, `${path} must be from 0 to ${MAX_QUANTITY}`);
    if (mustBeWhole && !Number.isInteger(value)) return this.refuse('invalid_number', path, `${path} must be a whole number`);
    // JSON knows -0, the ledger does not.
    return value === 0 ? 0 : value;
  }

  record(path: string): JsonRecord | undefined {
    const value = this.raw(path);
    if (value === undefined || isJsonRecord(value)) return value;
    return this.refuse('invalid_type', path, `${path} must be an object`);
  }

  usage(path: string): Usage | undefined {
    return this.#mapMembers(path, (value, key) => this.quantityOf(value, `${path}.${key}`, isTokenKey(key)));
  }

  tags(path: string): Tags | undefined {
    return this.#mapMembers(path, (value, key) => this.textOf(value, `${path}.${key}`));
  }

  /** Measured as it will be kept, so that nothing a sender writes is asked to turn itself into JSON. */
  json(path: string, maxBytes: number): { readonly [key: string]: JsonValue } | undefined {
    const members = this.#mapMembers(path, (value) => this.#repairJson(value));
    if (members === undefined || Buffer.byteLength(JSON.stringify(members)) <= maxBytes) return members;
    return this.refuse('too_large', path, `${path} have more than ${maxBytes} bytes`);
  }

  #mapMembers<T>(path: string, read: (value: unknown, key: string) => T | undefined): Record<string, T> | undefined {
    const record = this.record(path);
    if (!record) return undefined;
    const members: Record<string, T> = {};
    // Sorted, because the first problem is the one that is told, and because two names that repair makes alike leave only the last.
    for (const key of sortedKeys(record)) {
      const value = record[key];
      const name = this.identifierOf(key, `${path} key`);
      const member = value === null || name === undefined ? undefined : read(value, name);
      if (name !== undefined && member !== undefined) setOwn(members, name, member);
    }
    return members;
  }

  #repairJson(value: unknown): JsonValue {
    if (typeof value === 'string') return this.#repaired(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (typeof value === 'boolean') return value;
    if (Array.isArray(value)) return value.map((member) => this.#repairJson(member));
    if (!isJsonRecord(value)) return null;
    const members: Record<string, JsonValue> = {};
    for (const key of sortedKeys(value)) setOwn(members, this.#repaired(key), this.#repairJson(value[key]));
    return members;
  }

  #bounded(value: string, path: string, maxLength: number): string | undefined {
    if (isLongerThan(value, maxLength)) return this.refuse('too_long', path, `${path} has more than ${maxLength} characters`);
    return this.#repaired(value);
  }

  #repaired(value: string): string {
    const text = repairText(value);
    if (text !== value) this.isRepaired = true;
    return text;
  }
}

/** A key named __proto__ is plain data like any other. */
function setOwn<T>(members: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(members, key, { value, writable: true, enumerable: true, configurable: true });
  else members[key] = value;
}
