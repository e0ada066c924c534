// Costs.
export { readCostReport } from './read-cost-report.ts';
export type { CostQuestion } from './read-cost-report.ts';
export type { DimensionFilter } from './call-filter.ts';
export { countBucketsAtMost } from './time-buckets.ts';
export type { TimeRange } from './time-buckets.ts';
export { addDays, isSameZone, isStartOfDay, isTimeZone, startOfDay } from './zoned-time.ts';

// Customers.
export { CUSTOMER_SORTS, listCustomers } from './list-customers.ts';
export type { CustomerCursor, CustomersAnswer, CustomersQuestion } from './list-customers.ts';
export { findCustomer } from './find-customer.ts';

// Events.
export { findEvent } from './find-event.ts';
export { listEvents } from './list-events.ts';
export type { EventCursor, EventsAnswer, EventsQuestion } from './list-events.ts';
export { listUnpricedModels } from './list-unpriced-models.ts';

// Keys.
export { listApiKeys } from './list-api-keys.ts';
export type { ApiKeyCursor, ApiKeysAnswer, ApiKeysQuestion } from './list-api-keys.ts';

// Who asks.
export { findKey } from './find-key.ts';
export type { KeyGrant } from './find-key.ts';
export { findSession } from './find-session.ts';
export { hasUsers } from './has-users.ts';
