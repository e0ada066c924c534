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
    urls: Object.fromEntries(
      started.flatMap(({ name, fake, front }) => [[name, fake.url], ...(front ? [[`${name} http2`, front.url]] : [])]),
    ),
    fakes: started.map(({ fake }) => fake),
    close: async () => void (await Promise.all(started.flatMap(({ fake, front }) => [fake.close(), front?.close()]))),
  };
}

async function startProvider(asked: string) {
  const name = asked.replace(/ http2$/, '');
  const start = FAKES[name];
  if (!start) throw new Error(`there is no fake called ${name}`);
  const fake = await start();
  return { name, fake, front: asked === name ? undefined : await startHttp2Front(fake.url) };
}
