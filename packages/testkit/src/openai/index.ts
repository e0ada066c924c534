export type { TokenAsk, TokenPlan } from './plan-tokens.ts';
export { startFakeOpenAi, type FakeOpenAiOptions } from './start-fake-open-ai.ts';
