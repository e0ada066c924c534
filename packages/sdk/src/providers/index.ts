export { findOperation } from './registry.ts';
export type { Found } from './registry.ts';
export type { Operation, Prompt, Reader, Reading, RequestView, StreamView } from './provider.ts';
export { parseJson, readMembers } from './read-members.ts';
