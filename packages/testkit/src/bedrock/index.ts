export { startFakeBedrock, type FakeBedrockOptions } from './start-fake-bedrock.ts';
export type { BedrockUsage } from './plan-usage.ts';
