import { createProvider } from '../create-provider.ts';
import { createReader } from '../create-reader.ts';
import type { Provider, Route } from '../provider.ts';

const CHAT: Route = {
  kind: 'llm',
  operation: 'chat',
  outputMembers: ['content', 'thinking', 'response'],
  hasPrompt: true,
  confirm: 'model,messages',
};
const EMBED: Route = { kind: 'embedding', operation: 'embed', hasPrompt: true, confirm: 'model,input|model,prompt' };

/** Ollama's own paths (0.12, 2026-11); it speaks like OpenAI besides. A prompt it remembers whole it does not count. */
export const ollama: Provider = createProvider({
  path: /\/api\/(?<call>chat|generate|embed|embeddings)$/,
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
    'POST embeddings': EMBED,
  },
  guess: () => 'ollama',
});
