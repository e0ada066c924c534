import { readAll } from '../read-all.mjs';
import { ask, counted, streamed } from './asks.mjs';

/** Other servers that the same client is pointed at. */
export const hostCases = {
  Azure: { kind: 'Azure', use: ({ azure }) => azure.chat.completions.create(ask), events: [{ provider: 'azure' }] },
  'Azure stream': {
    kind: 'Azure',
    use: async ({ azure }) => readAll(await azure.chat.completions.create(counted)),
    events: [{ provider: 'azure', streamed: true }],
  },
  'Azure embeddings': {
    kind: 'Azure',
    use: async ({ azure }) => (await azure.embeddings.create({ model: 'text-embedding-3-small', input: 'one two' })).usage,
    events: [{ provider: 'azure', kind: 'embedding', operation: 'embeddings', model: 'text-embedding-3-small', usage: { input: 2 } }],
  },
  'own gateway': { kind: 'own gateways', use: ({ gateway }) => gateway.chat.completions.create(ask), events: [{ provider: 'groq' }] },
  'own gateway stream': {
    kind: 'own gateways',
    use: async ({ gateway }) => readAll(await gateway.chat.completions.create(streamed)),
    events: [{ provider: 'groq', streamed: true, usage: 'estimated' }],
  },
};
