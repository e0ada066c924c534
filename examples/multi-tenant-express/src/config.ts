/** Settings of the app; the clients and the SDK read their own. */
export type AppConfig = {
  readonly port: number;
  readonly indexName: string;
  /** Where OpenAI and Pinecone are reached, when that is not where they are at home. */
  readonly gateways: Readonly<Record<string, 'openai' | 'pinecone'>>;
};

export function readConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  return {
    port: Number(env['PORT'] ?? 3000),
    indexName: env['PINECONE_INDEX'] ?? 'docs',
    gateways: { ...gateway('openai', env['OPENAI_BASE_URL']), ...gateway('pinecone', env['PINECONE_CONTROLLER_HOST']) },
  };
}

function gateway(provider: 'openai' | 'pinecone', url: string | undefined): AppConfig['gateways'] {
  return url ? { [new URL(url).host]: provider } : {};
}
