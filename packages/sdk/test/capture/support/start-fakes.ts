import {
  type FakeOpenAiOptions,
  type FakePineconeOptions,
  type FakeProvider,
  startFakeOpenAi,
  startFakePinecone,
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

function closedAtEnd(fake: FakeProvider): FakeProvider {
  onTestFinished(() => fake.close());
  return fake;
}
