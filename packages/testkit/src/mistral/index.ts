export { startFakeMistral, type FakeMistralOptions } from './start-fake-mistral.ts';
