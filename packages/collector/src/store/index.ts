// The ledger's database.
export { openDatabase, type OpenDatabaseDeps } from './open-database.ts';
export type { Database, Orm, PreparedStatement, Queryable } from './database.ts';
