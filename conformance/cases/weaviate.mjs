export const modules = ['weaviate-client'];
export const providers = ['weaviate'];
export const named = providers;
export const usual = { provider: 'weaviate', kind: 'vector', usage: undefined };

export function connect(loaded) {
  const weaviate = loaded['weaviate-client'].default ?? loaded['weaviate-client'];
  const { hostname, port } = new URL(JSON.parse(process.env.URLS).weaviate);
  const host = {
    httpHost: hostname,
    httpPort: Number(port),
    httpSecure: false,
    grpcHost: hostname,
    grpcPort: Number(port),
    grpcSecure: false,
  };
  return { open: async () => (await weaviate.connectToCustom({ ...host, skipInitChecks: true })).collections.use('Docs') };
}

/** Its queries go over gRPC, which is not seen. */
export const cases = {
  insert: {
    kind: 'writes',
    use: async ({ open }) => (await open()).data.insert({ properties: { title: 'one' }, vectors: [0.1, 0.2] }),
    events: [{ operation: 'upsert' }],
  },
};
