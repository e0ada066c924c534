export { startFakeVoyage, type FakeVoyageOptions } from './start-fake-voyage.ts';
