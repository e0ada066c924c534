import {
  startFakeAnthropic,
  startFakeBedrock,
  startFakeCohere,
  startFakeGoogle,
  startFakeMistral,
  startFakeOllama,
  startFakeOpenAi,
  startFakePinecone,
  startFakeVectorStore,
  startFakeVoyage,
  type FakeProvider,
} from '@llmobserve/testkit';
import { startHttp2Front } from './start-http2-front.ts';

/** The fakes, by the name a family asks for. */
const FAKES: Readonly<Record<string, () => Promise<FakeProvider>>> = {
  anthropic: () => startFakeAnthropic(),
  bedrock: () => startFakeBedrock(),
  chroma: () => startFakeVectorStore('chroma'),
  cohere: () => startFakeCohere(),
  google: () => startFakeGoogle(),
  // Any server that speaks as OpenAI does.
  groq: () => startFakeOpenAi({ seed: 2 }),
  mistral: () => startFakeMistral(),
  ollama: () => startFakeOllama(),
  openai: () => startFakeOpenAi(),
  pinecone: () => startFakePinecone(),
  qdrant: () => startFakeVectorStore('qdrant'),
  turbopuffer: () => startFakeVectorStore('turbopuffer'),
  voyage: () => startFakeVoyage(),
  weaviate: () => startFakeVectorStore('weaviate'),
};

export type Providers = {
  /** By name; over HTTP/2 by the name and ` http2`. */
  readonly urls: Readonly<Record<string, string>>;
  readonly fakes: readonly FakeProvider[];
  close(): Promise<void>;
};

/** Starts the providers a family needs, new for each run so that two runs see the same answers. */
export async function startProviders(names: readonly string[]): Promise<Providers> {
  const started = await Promise.all(names.map((name) => startProvider(name)));
  return {
    urls: Object.fromEntries(started.flatMap(({ urls }) => Object.entries(urls))),
    fakes: started.map(({ fake }) => fake),
    close: async () => void (await Promise.all(started.map(({ close }) => close()))),
  };
}

type Started = { readonly urls: Readonly<Record<string, string>>; readonly fake: FakeProvider; close(): Promise<void> };

async function startProvider(asked: string): Promise<Started> {
  const name = asked.replace(/ http2$/, '');
  const start = FAKES[name];
  if (!start) throw new Error(`there is no fake called ${name}`);
  const fake = await start();
  if (asked === name) return { urls: { [name]: fake.url }, fake, close: fake.close };
  const front = await startHttp2Front(fake.url);
  const close = async (): Promise<void> => {
    await front.close();
    await fake.close();
  };
  return { urls: { [name]: fake.url, [asked]: front.url }, fake, close };
}
