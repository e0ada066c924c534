import { startFakeOpenAi, startFakePinecone, type Collector, type FakeProvider } from '@llmobserve/testkit';
import type { LedgerCall } from './ledger.ts';

/** Both fakes, and what a program needs to find them. */
export type Providers = {
  readonly openai: FakeProvider;
  readonly pinecone: FakeProvider;
  /** The environment of a program that makes these calls and reports to this key's workspace. */
  env(collector: Pick<Collector, 'url'>, key: string, calls: readonly LedgerCall[]): Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export async function startProviders(): Promise<Providers> {
  const [openai, pinecone] = await Promise.all([startFakeOpenAi(), startFakePinecone()]);
  return {
    openai,
    pinecone,
    env: (collector, key, calls) => ({
      LLMOBSERVE_API_KEY: key,
      LLMOBSERVE_COLLECTOR_URL: collector.url,
      OPENAI_API_KEY: 'sk-fake',
      OPENAI_BASE_URL: `${openai.url}/v1`,
      PINECONE_API_KEY: 'pc-fake',
      PINECONE_CONTROLLER_HOST: pinecone.url,
      CALLS: JSON.stringify(calls.map(({ picoUsd: _, ...call }) => call)),
    }),
    close: async () => void (await Promise.all([openai.close(), pinecone.close()])),
  };
}
