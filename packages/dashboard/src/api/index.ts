// Speaking with the collector.
export { createApiClient } from './api-client.ts';
export type { ApiClient } from './api-client.ts';
export { ApiError } from './api-error.ts';
export { ApiProvider, useApi } from './api-context.tsx';
export type { ApiDeps } from './api-context.tsx';

// Reads.
export { sessionQuery, setupQuery, useCalls, useCosts, useCustomer, useCustomers, useSession, useUnpriced } from './queries.ts';
export { useCustomerNames } from './use-customer-names.ts';
export { costsPath, curlCommand } from './api-paths.ts';
export type { CostQuery, QueryFilters } from './api-paths.ts';
export { MODEL_QUESTION, providerInstead } from './fold-models.ts';

// Calls as they come in.
export { createLiveFeed } from './live-feed.ts';
export type { LiveFeed, LiveFeedDeps, LiveSnapshot } from './live-feed.ts';
export { useLive, useLiveRefresh } from './use-live.ts';
