import { customType, timestamp } from 'drizzle-orm/pg-core';

/** An instant as the ledger keeps it: UTC, milliseconds. */
export function instant(name: string) {
  return timestamp(name, { precision: 3, withTimezone: true, mode: 'date' });
}

/** Raw bytes, such as the SHA-256 of a key. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
