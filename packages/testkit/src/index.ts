// Providers: real HTTP, made-up answers
export { countWords } from './providers/index.ts';
export type { FakeProvider, FakeProviderOptions, Quirk, RecordedRequest } from './providers/index.ts';
export { startFakeMistral, type FakeMistralOptions } from './mistral/index.ts';
export { startFakeVoyage, type FakeVoyageOptions } from './voyage/index.ts';
export { startFakeOpenAi } from './openai/index.ts';
export type { FakeOpenAiOptions, TokenAsk, TokenPlan } from './openai/index.ts';
export { startFakeAnthropic, type FakeAnthropicOptions, type MessageUsage } from './anthropic/index.ts';
export { startFakeBedrock, type BedrockUsage, type FakeBedrockOptions } from './bedrock/index.ts';
export { startFakeCohere, type FakeCohereOptions } from './cohere/index.ts';
export { startFakeGoogle, type FakeGoogleOptions, type GeminiUsage } from './google/index.ts';
export { startFakeOllama } from './ollama/index.ts';
export { startFakeVectorStore, type VectorStoreKind } from './vector-stores/index.ts';
export { startFakePinecone, type FakePineconeOptions } from './pinecone/index.ts';

// Processes
export { parseFirstLine, startCollector, type Collector, type CollectorOptions, type FirstLine } from './collector/index.ts';

// Events
export { makeBatch, makeEvent, randomKey } from './events/index.ts';

// Stores, time, ports, processes
export { startPostgres, type Postgres } from './postgres/index.ts';
export { createFakeClock, type FakeClock } from './create-fake-clock.ts';
export { findFreePort } from './find-free-port.ts';
export { reapFolder, reapProcess } from './reaper.ts';
