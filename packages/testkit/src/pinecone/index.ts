export { startFakePinecone, type FakePineconeOptions } from './start-fake-pinecone.ts';
