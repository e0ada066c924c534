import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CostReport, CustomerDetail, CustomerPage, Page, PricedEvent, Session, SetupState, UnpricedModel } from '@llmobserve/protocol';

import type { ApiClient } from './api-client.ts';
import { useApi } from './api-context.tsx';
import { callsPath, costsPath, customerPath, customersPath, hasCustomerPath } from './api-paths.ts';
import type { CallsQuery, CostQuery, CustomersQuery } from './api-paths.ts';
import { foldModels } from './fold-models.ts';

/** First word of the key of every query that new calls change. */
export const FIGURES = 'figures';

/** Who is signed in; asked before the first page. */
export function sessionQuery(client: ApiClient) {
  return queryOptions({ queryKey: ['session'], queryFn: () => client.get<Session>('/v1/session'), staleTime: 60_000, retry: false });
}

/** Whether the collector still waits for its owner. */
export function setupQuery(client: ApiClient) {
  return queryOptions({ queryKey: ['setup'], queryFn: () => client.get<SetupState>('/v1/setup'), staleTime: 0, retry: false });
}

export function useSession(): Session | undefined {
  return useQuery({ ...sessionQuery(useApi().client) }).data;
}

export function useCosts(query: CostQuery, options: { readonly isEnabled?: boolean } = {}) {
  return useFigures<CostReport>(costsPath(query), { isEnabled: options.isEnabled ?? true, select: foldModels });
}

export function useCustomer(id: string) {
  return useFigures<CustomerDetail>(customerPath(id), { isEnabled: hasCustomerPath(id) });
}

export function useCalls(query: CallsQuery) {
  return useFigures<Page<PricedEvent>>(callsPath(query));
}

export function useUnpriced() {
  const { client } = useApi();
  return useQuery({
    queryKey: [FIGURES, '/v1/unpriced'],
    queryFn: async ({ signal }) => (await client.get<Page<UnpricedModel>>('/v1/unpriced', { signal })).items,
  });
}

/** Customers page after page, for a table that is only drawn where it is looked at. */
export function useCustomers(query: CustomersQuery) {
  const { client } = useApi();
  return useInfiniteQuery({
    queryKey: [FIGURES, customersPath(query)],
    queryFn: ({ pageParam, signal }) =>
      client.get<CustomerPage>(customersPath({ ...query, ...(pageParam ? { cursor: pageParam } : {}) }), { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** A read keeps its old answer on screen while the new one comes. */
function useFigures<Answer>(path: string, options: { readonly isEnabled?: boolean; readonly select?: (answer: Answer) => Answer } = {}) {
  const { client } = useApi();
  return useQuery({
    queryKey: [FIGURES, path],
    queryFn: ({ signal }) => client.get<Answer>(path, { signal }),
    placeholderData: keepPreviousData,
    enabled: options.isEnabled ?? true,
    ...(options.select ? { select: options.select } : {}),
  });
}
