/** Hosts that are one provider's, whole. All but Pinecone speak OpenAI's form. */
const EXACT: Readonly<Record<string, string>> = {
  'api.openai.com': 'openai',
  'us.api.openai.com': 'openai',
  'eu.api.openai.com': 'openai',
  'api.groq.com': 'groq',
  'api.deepseek.com': 'deepseek',
  'api.together.xyz': 'together',
  'api.together.ai': 'together',
  'api.fireworks.ai': 'fireworks',
  'openrouter.ai': 'openrouter',
  'api.mistral.ai': 'mistral',
  'api.x.ai': 'xai',
  'api.perplexity.ai': 'perplexity',
  'api.cerebras.ai': 'cerebras',
  'api.moonshot.ai': 'moonshot',
  'api.moonshot.cn': 'moonshot',
  'api.pinecone.io': 'pinecone',
};

/** Providers that give each account a host of its own. */
const SUFFIXES: readonly (readonly [suffix: string, kind: string])[] = [
  ['.openai.azure.com', 'azure'],
  ['.cognitiveservices.azure.com', 'azure'],
  ['.services.ai.azure.com', 'azure'],
  ['.pinecone.io', 'pinecone'],
];

/** Finds the provider whose host this is. */
export function findHostKind(host: string): string | undefined {
  if (Object.hasOwn(EXACT, host)) return EXACT[host];
  return SUFFIXES.find(([suffix]) => host.endsWith(suffix))?.[1];
}
