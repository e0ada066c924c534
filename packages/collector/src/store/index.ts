// The ledger's database.
export { openDatabase, type OpenDatabaseDeps } from './open-database.ts';
export type { Database, Orm, PreparedStatement, Queryable } from './database.ts';

// Writing the ledger.
export { createLedger, type Ledger } from './ledger/create-ledger.ts';
export type { LedgerEntry, LossTotal, Settlement, Submission } from './ledger/ledger-entry.ts';

// Reading its columns back.
export { int8ToSpanId, spanIdToInt8, traceIdToUuid, uuidToTraceId } from './trace-ids.ts';

// Looking after it.
export { installBootstrapKeys, type InstallBootstrapKeysDeps } from './install-bootstrap-keys.ts';
export { makePartitions, type PartitionOutcome } from './partitions/make-partitions.ts';
export { refreshStatistics } from './refresh-statistics.ts';

// Accounts: people, their workspaces and keys.
export { findFirstUser } from './accounts/find-first-user.ts';
export { insertApiKey } from './accounts/insert-api-key.ts';
export { insertFirstOwner } from './accounts/insert-first-owner.ts';
export { openAuthTables } from './accounts/open-auth-tables.ts';
export { readOrCreateSecret } from './accounts/read-or-create-secret.ts';
export { revokeApiKey } from './accounts/revoke-api-key.ts';
export { touchApiKey } from './accounts/touch-api-key.ts';
