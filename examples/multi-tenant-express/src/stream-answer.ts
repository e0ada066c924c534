import type { Response } from 'express';
import { section } from 'llmobserve';
import type { AppDeps } from './app-deps.ts';
import { MODEL_BY_PLAN, type Tenant } from './tenants.ts';

/** Answers word by word; a reader who leaves ends the call at the provider too. */
export function streamAnswer(deps: AppDeps, asked: { tenant: Tenant; question: string }, response: Response): Promise<void> {
  return section('chat', async () => {
    const stream = await deps.openai.chat.completions.create({
      model: MODEL_BY_PLAN[asked.tenant.plan],
      messages: [{ role: 'user', content: asked.question }],
      stream: true,
      stream_options: { include_usage: true },
    });
    response.once('close', () => stream.controller.abort());
    response.type('text/plain');
    for await (const chunk of stream) response.write(chunk.choices[0]?.delta.content ?? '');
    response.end();
  });
}
