export { startFakeAnthropic, type FakeAnthropicOptions } from './start-fake-anthropic.ts';
export type { MessageUsage } from './plan-usage.ts';
