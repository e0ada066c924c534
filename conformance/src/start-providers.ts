import { startFakeAnthropic, startFakeGoogle, startFakeOpenAi, startFakePinecone, type FakeProvider } from '@llmobserve/testkit';

/** The fakes, by the name a family asks for. */
const FAKES: Readonly<Record<string, () => Promise<FakeProvider>>> = {
  anthropic: () => startFakeAnthropic(),
  google: () => startFakeGoogle(),
  openai: () => startFakeOpenAi(),
  pinecone: () => startFakePinecone(),
};

export type Providers = {
  /** By name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly fakes: readonly FakeProvider[];
  close(): Promise<void>;
};

/** Starts the providers a family needs, new for each run so that two runs see the same answers. */
export async function startProviders(names: readonly string[]): Promise<Providers> {
  const started = await Promise.all(names.map(async (name) => ({ name, fake: await startFake(name) })));
  return {
    urls: Object.fromEntries(started.map(({ name, fake }) => [name, fake.url])),
    fakes: started.map(({ fake }) => fake),
    close: async () => void (await Promise.all(started.map(({ fake }) => fake.close()))),
  };
}

function startFake(name: string): Promise<FakeProvider> {
  const start = FAKES[name];
  if (!start) throw new Error(`there is no fake called ${name}`);
  return start();
}
