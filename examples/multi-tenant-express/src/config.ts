/** Settings of the app; the clients and the SDK read their own. */
export type AppConfig = {
  readonly port: number;
  /** The Pinecone index that holds the handbook. */
  readonly indexName: string;
};

export function readConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  return { port: Number(env['PORT'] ?? 3000), indexName: env['PINECONE_INDEX'] ?? 'docs' };
}
