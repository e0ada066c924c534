export { startFakeCohere, type FakeCohereOptions } from './start-fake-cohere.ts';
