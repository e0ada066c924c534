// People: who signs in.
export { accounts, sessions, users, verifications } from './people.ts';

// The collector itself.
export { settings } from './settings.ts';

// Workspaces: who a row belongs to.
export { apiKeys } from './api-keys.ts';
export { invitations, members, workspaces } from './workspaces.ts';

// The ledger.
export { customers } from './customers.ts';
export { ingestFaults, lossReports } from './losses.ts';
export { rateCards } from './rate-cards.ts';
export { traceEvents } from './trace-events.ts';
