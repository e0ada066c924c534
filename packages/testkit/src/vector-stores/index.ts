export { startFakeVectorStore, type VectorStoreKind } from './start-fake-vector-store.ts';
