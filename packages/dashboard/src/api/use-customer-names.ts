import type { CustomerDetail } from '@llmobserve/protocol';
import { useQueries } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';

import { useApi } from './api-context.tsx';
import { customerPath, hasCustomerPath } from './api-paths.ts';

const NAMES_HOLD_MS = 300_000;

/** What customers are called, by id; one that has no name, or whose name is not read yet, is absent. */
export function useCustomerNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const { client } = useApi();
  return useQueries({
    queries: ids.filter(hasCustomerPath).map((id) => ({
      queryKey: ['customer-name', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.get<CustomerDetail>(customerPath(id), { signal }),
      staleTime: NAMES_HOLD_MS,
    })),
    combine: namesOf,
  });
}

function namesOf(answers: readonly UseQueryResult<CustomerDetail>[]): ReadonlyMap<string, string> {
  return new Map(answers.flatMap(({ data }) => (data?.name === undefined ? [] : [[data.id, data.name] as const])));
}
