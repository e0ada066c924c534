/** The dated models that the aliases stand for, as OpenAI answers them. */
const DATED_MODELS: Readonly<Record<string, string>> = {
  'gpt-4o': 'gpt-4o-2024-08-06',
  'gpt-4o-mini': 'gpt-4o-mini-2024-07-18',
  'gpt-4.1': 'gpt-4.1-2025-04-14',
  'gpt-4.1-mini': 'gpt-4.1-mini-2025-04-14',
  'gpt-4.1-nano': 'gpt-4.1-nano-2025-04-14',
  'gpt-5': 'gpt-5-2025-08-07',
  'gpt-5-mini': 'gpt-5-mini-2025-08-07',
  'gpt-5-nano': 'gpt-5-nano-2025-08-07',
  'o4-mini': 'o4-mini-2025-04-16',
  'gpt-4o-audio-preview': 'gpt-4o-audio-preview-2024-12-17',
};

export const KNOWN_MODELS: readonly string[] = [...Object.keys(DATED_MODELS), 'text-embedding-3-small', 'text-embedding-3-large'];

/** Names the model as the answer does: dated, or as asked. */
export function answeredModel(requested: string): string {
  return DATED_MODELS[requested] ?? requested;
}

/** Names the tier that served the call; `auto` and nothing are served by default. */
export function answeredTier(requested: unknown): string {
  return requested === 'flex' || requested === 'priority' || requested === 'scale' ? requested : 'default';
}
