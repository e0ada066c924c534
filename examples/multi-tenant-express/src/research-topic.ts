import { agent, run, tool } from 'llmobserve';
import type OpenAI from 'openai';
import type { AppDeps } from './app-deps.ts';
import type { Tenant } from './tenants.ts';

/** An agent that loops for ever is dear: this one asks its tool at most so often. */
const MAX_ROUNDS = 3;
const MODEL = 'gpt-4o';

const SEARCH: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'search_handbook',
    description: 'Finds pages of the handbook.',
    parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
  },
};

/** Two agents at work in one run: a researcher who searches, and a writer who writes the report. */
export function researchTopic(deps: AppDeps, tenant: Tenant, topic: string): Promise<{ report: string }> {
  return run('research', async () => {
    const notes = await agent('researcher', () => gatherNotes(deps, tenant, topic));
    const report = await agent('writer', () => writeReport(deps, topic, notes));
    return { report };
  });
}

async function gatherNotes({ openai, knowledge }: AppDeps, tenant: Tenant, topic: string): Promise<readonly string[]> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: `Research: ${topic}` }];
  const notes: string[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const completion = await openai.chat.completions.create({ model: MODEL, messages, tools: [SEARCH] });
    const message = completion.choices[0]?.message;
    if (!message) return notes;
    messages.push(message);
    for (const call of message.tool_calls ?? []) {
      const pages = await tool('search', () => knowledge.search(tenant.id, call.type === 'function' ? call.function.arguments : topic));
      notes.push(...pages);
      messages.push({ role: 'tool', tool_call_id: call.id, content: pages.join('\n') });
    }
    if (!message.tool_calls?.length) return [...notes, message.content ?? ''];
  }
  return notes;
}

async function writeReport({ openai }: AppDeps, topic: string, notes: readonly string[]): Promise<string> {
  const completion = await openai.chat.completions.create({
    model: MODEL,
    messages: [
      { role: 'system', content: 'Write a report of one page from the notes.' },
      { role: 'user', content: `${topic}\n\n${notes.join('\n')}` },
    ],
  });
  return completion.choices[0]?.message.content ?? '';
}
