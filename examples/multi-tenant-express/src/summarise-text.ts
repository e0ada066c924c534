import { section } from 'llmobserve';
import type { AppDeps } from './app-deps.ts';
import type { Tenant } from './tenants.ts';

/** Sums a text up with a model that thinks first; enterprise customers do not wait in line. */
export function summariseText(deps: AppDeps, tenant: Tenant, text: string): Promise<{ summary: string }> {
  return section('summaries', async () => {
    const response = await deps.openai.responses.create({
      model: 'gpt-5-mini',
      instructions: 'Sum up in two sentences.',
      input: text,
      reasoning: { effort: 'low' },
      service_tier: tenant.plan === 'enterprise' ? 'priority' : 'auto',
    });
    return { summary: response.output_text };
  });
}
