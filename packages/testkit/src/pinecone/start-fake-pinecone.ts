import { originOf, startFakeProvider, type FakeProvider, type FakeProviderOptions } from '../providers/index.ts';
import { answerControlPlane } from './answer-control-plane.ts';
import { answerInference } from './answer-inference.ts';
import { answerDataPlane } from './answer-data-plane.ts';
import { refuse } from './refuse.ts';
import { createVectorStore } from './vector-store.ts';

export type FakePineconeOptions = FakeProviderOptions & {
  /** The indexes that exist; they share one set of records. */
  readonly indexNames?: readonly string[];
};

/**
 * Starts a Pinecone of the test's own: it finds the nearest records indeed, and tells the read units.
 *
 * @example
 * const fake = await startFakePinecone({ indexNames: ['docs'] });
 * const pinecone = new Pinecone({ apiKey: 'pc-fake', controllerHostUrl: fake.url });
 */
export function startFakePinecone(options: FakePineconeOptions = {}): Promise<FakeProvider> {
  const store = createVectorStore();
  const indexNames = options.indexNames ?? ['docs'];
  return startFakeProvider(
    {
      refuse,
      answer: (request) => {
        if (!request.headers['api-key']) return refuse(401);
        return answerControlPlane(indexNames, originOf(request), request) ?? answerInference(request) ?? answerDataPlane(store, request);
      },
    },
    options,
  );
}
