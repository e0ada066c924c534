/** Hosts that are one provider's, whole. */
const EXACT: Readonly<Record<string, string>> = {
  openai: 'api.openai.com us.api.openai.com eu.api.openai.com',
  anthropic: 'api.anthropic.com',
  google: 'generativelanguage.googleapis.com',
  vertex: 'aiplatform.googleapis.com',
  cohere: 'api.cohere.com api.cohere.ai',
  mistral: 'api.mistral.ai codestral.mistral.ai',
  voyage: 'api.voyageai.com',
  groq: 'api.groq.com',
  deepseek: 'api.deepseek.com',
  together: 'api.together.xyz api.together.ai',
  fireworks: 'api.fireworks.ai',
  openrouter: 'openrouter.ai',
  xai: 'api.x.ai',
  perplexity: 'api.perplexity.ai',
  cerebras: 'api.cerebras.ai',
  moonshot: 'api.moonshot.ai api.moonshot.cn',
  arcee: 'api.arcee.ai',
  avian: 'api.avian.io',
  baseten: 'inference.baseten.co',
  cloudflare: 'api.cloudflare.com',
  doubleword: 'api.doubleword.ai',
  'github-copilot': 'api.githubcopilot.com',
  huggingface: 'router.huggingface.co',
  lmstudio: 'localhost:1234 127.0.0.1:1234',
  minimax: 'api.minimax.io api.minimaxi.com',
  novita: 'api.novita.ai',
  ollama: 'ollama.com localhost:11434 127.0.0.1:11434',
  ovhcloud: 'oai.endpoints.kepler.ai.cloud.ovh.net',
  quicksilverpro: 'api.quicksilverpro.io',
  typesafe: 'api.typesafe.ai',
  zai: 'api.z.ai',
  zhipuai: 'open.bigmodel.cn',
  pinecone: 'api.pinecone.io',
  chroma: 'api.trychroma.com',
};
const KINDS = new Map(Object.entries(EXACT).flatMap(([kind, hosts]) => hosts.split(' ').map((host) => [host, kind] as const)));

/** Providers that give each account or region a host of its own. */
const SUFFIXES: readonly (readonly [suffix: string, kind: string])[] = [
  ['.openai.azure.com', 'azure'],
  ['.cognitiveservices.azure.com', 'azure'],
  ['.services.ai.azure.com', 'azure'],
  ['.modal.direct', 'modal'],
  ['.pinecone.io', 'pinecone'],
  ['.cloud.qdrant.io', 'qdrant'],
  ['.weaviate.cloud', 'weaviate'],
  ['.turbopuffer.com', 'turbopuffer'],
  ['-aiplatform.googleapis.com', 'vertex'],
  ['.rep.googleapis.com', 'vertex'],
];
/** Regions, FIPS, private endpoints, China, and the hosts of OpenAI's form. */
const BEDROCK = /(?:^|\.)bedrock-(?:runtime|mantle)(?:-fips)?\.[\w.-]+(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** Finds the provider whose host this is. */
export function findHostKind(host: string): string | undefined {
  const kind = KINDS.get(host) ?? SUFFIXES.find(([suffix]) => host.endsWith(suffix))?.[1];
  return kind ?? (host.includes('bedrock-') && BEDROCK.test(host) ? 'bedrock' : undefined);
}
