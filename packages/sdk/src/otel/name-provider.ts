/** What the conventions and instrumentations call our providers, in lower case with `_` for every other sign. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  azure: ['azure_ai_openai', 'az_ai_openai', 'azure_ai_inference', 'az_ai_inference', 'azure_openai', 'azure_ai'],
  bedrock: ['aws_bedrock', 'amazon_bedrock', 'aws'],
  google: ['gcp_gemini', 'gcp_gen_ai', 'gemini', 'google_generative_ai', 'google_genai', 'google_gemini'],
  vertex: ['gcp_vertex_ai', 'vertex_ai', 'vertexai', 'google_vertex', 'google_vertexai'],
  mistral: ['mistral_ai', 'mistralai'],
  xai: ['x_ai'],
  moonshot: ['moonshot_ai', 'moonshotai'],
  together: ['together_ai', 'togetherai'],
  fireworks: ['fireworks_ai'],
  voyage: ['voyage_ai', 'voyageai'],
};
const BY_ALIAS = new Map(Object.entries(ALIASES).flatMap(([name, aliases]) => aliases.map((alias) => [alias, name] as const)));

/** What OpenTelemetry calls a provider where our word differs. */
const OTEL_NAMES: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  bedrock: 'aws.bedrock',
  google: 'gcp.gemini',
  vertex: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
  moonshot: 'moonshot_ai',
};

/**
 * Gives our name of a provider that a span names: Vercel adds the kind of model, as in `openai.chat`.
 *
 * @example providerOf('gcp.gemini') // 'google'
 */
export function providerOf(named: string): string {
  const words = named
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .split('_');
  for (let count = words.length; count > 0; count -= 1) {
    const known = BY_ALIAS.get(words.slice(0, count).join('_'));
    if (known !== undefined) return known;
  }
  return words[0] || named;
}

/** Gives OpenTelemetry's name of a provider. */
export function otelNameOf(provider: string): string {
  return OTEL_NAMES[provider] ?? provider;
}
