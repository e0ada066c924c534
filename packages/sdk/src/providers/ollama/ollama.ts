import { createProvider, route } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Route } from '../provider.ts';

/** An app's own chat may have this path and this form of request, but hardly of answer. */
const answerMark = /"(?:created_at|total_duration|embedding)"/;
const CHAT: Route = route('llm', 'chat', {
  answerMark,
  outputMembers: ['content', 'thinking', 'response'],
  confirm: 'model,messages',
});
const EMBED: Route = route('embedding', 'embed', { answerMark, confirm: 'model,input|model,prompt' });

/** Ollama's own paths; it speaks like OpenAI besides. */
export const ollama: Provider = createProvider({
  path: /\/api\/(?<call>chat|generate|embed)(?:dings)?$/,
  reader: createReader({
    usage: '',
    rows: [
      ['input', 'prompt_eval_count'],
      ['output', 'eval_count'],
    ],
  }),
  calls: {
    'POST chat': CHAT,
    'POST generate': { ...CHAT, operation: 'completions', confirm: 'model,prompt' },
    'POST embed': EMBED,
  },
  guess: () => 'ollama',
});
