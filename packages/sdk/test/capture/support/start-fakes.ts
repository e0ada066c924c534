import {
  type FakeOpenAiOptions,
  type FakePineconeOptions,
  type FakeProvider,
  startFakeOllama,
  startFakeOpenAi,
  startFakePinecone,
  startFakeVectorStore,
  type VectorStoreKind,
} from '@llmobserve/testkit';
import { onTestFinished } from 'vitest';

/** An OpenAI of this test's own. */
export async function useFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeProvider> {
  return closedAtEnd(await startFakeOpenAi(options));
}

/** A Pinecone of this test's own. */
export async function useFakePinecone(options: FakePineconeOptions = {}): Promise<FakeProvider> {
  return closedAtEnd(await startFakePinecone(options));
}

/** An Ollama of this test's own. */
export async function useFakeOllama(): Promise<FakeProvider> {
  return closedAtEnd(await startFakeOllama());
}

/** A vector store of this test's own, in one kind's form. */
export async function useFakeVectorStore(kind: VectorStoreKind): Promise<FakeProvider> {
  return closedAtEnd(await startFakeVectorStore(kind));
}

/** Any fake that ends with this test. */
export function closedAtEnd(fake: FakeProvider): FakeProvider {
  onTestFinished(() => fake.close());
  return fake;
}
