import type { Collector } from '@llmobserve/testkit';
import type { CostReport } from '@llmobserve/protocol';

/** Reads the ledger as anyone with a key would. */
export async function readCosts(collector: Pick<Collector, 'url'>, key: string, query: string): Promise<CostReport> {
  const response = await fetch(`${collector.url}/v1/costs?${query}`, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`/v1/costs answered ${response.status}: ${await response.text()}`);
  // Safe because the collector's own tests hold every answer against this type.
  return (await response.json()) as CostReport;
}
