export { startFakeGoogle, type FakeGoogleOptions } from './start-fake-google.ts';
export type { GeminiUsage } from './plan-usage.ts';
