export { pinecone } from './match-pinecone.ts';
