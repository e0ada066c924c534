import { indexWords } from './index-words.ts';

/** Hosts that are one provider's, whole, or by how they end behind an account's or a region's name, or by a port of their own. */
const KINDS = indexWords({
  openai: 'api.openai.com .api.openai.com',
  anthropic: 'api.anthropic.com',
  google: 'generativelanguage.googleapis.com',
  vertex: 'aiplatform.googleapis.com -aiplatform.googleapis.com .rep.googleapis.com',
  cohere: 'api.cohere.com api.cohere.ai',
  mistral: 'api.mistral.ai codestral.mistral.ai',
  voyage: 'api.voyageai.com',
  groq: 'api.groq.com',
  deepseek: 'api.deepseek.com',
  together: 'api.together.xyz api.together.ai',
  fireworks: '.fireworks.ai',
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
  ollama: 'ollama.com :11434',
  ovhcloud: 'oai.endpoints.kepler.ai.cloud.ovh.net',
  quicksilverpro: 'api.quicksilverpro.io',
  typesafe: 'api.typesafe.ai',
  zai: 'api.z.ai',
  zhipuai: 'open.bigmodel.cn',
  pinecone: '.pinecone.io',
  chroma: 'api.trychroma.com',
  azure: '.openai.azure.com .cognitiveservices.azure.com .services.ai.azure.com',
  modal: '.modal.direct',
  qdrant: '.cloud.qdrant.io :6333',
  weaviate: '.weaviate.cloud',
  turbopuffer: '.turbopuffer.com',
});
/** Regions, FIPS, private endpoints, China, and the hosts of OpenAI's form. */
const BEDROCK = /(?:^|\.)bedrock-(?:runtime|mantle)(?:-fips)?\.[\w.-]+(?:amazonaws\.com(?:\.cn)?|api\.aws)$/;

/** Finds the provider whose host this is. */
export function findHostKind(host: string): string | undefined {
  for (const { index } of host.matchAll(/^|[.:-]/g)) {
    const kind = KINDS.get(host.slice(index));
    if (kind !== undefined) return kind;
  }
  return host.includes('bedrock-') && BEDROCK.test(host) ? 'bedrock' : undefined;
}
