import { section, step } from 'llmobserve';
import type { AppDeps } from './app-deps.ts';
import { MODEL_BY_PLAN, type Tenant } from './tenants.ts';

/** Looks up what is known, then answers from it. */
export function answerQuestion(deps: AppDeps, tenant: Tenant, question: string): Promise<{ answer: string; sources: number }> {
  return section('support', async () => {
    const pages = await step('look-up', () => deps.knowledge.search(tenant.id, question));
    const completion = await step('answer', () =>
      deps.openai.chat.completions.create({
        model: MODEL_BY_PLAN[tenant.plan],
        messages: [
          { role: 'system', content: `Answer from these pages only:\n${pages.join('\n')}` },
          { role: 'user', content: question },
        ],
      }),
    );
    return { answer: completion.choices[0]?.message.content ?? '', sources: pages.length };
  });
}
