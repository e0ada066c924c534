export { findOperation } from './registry.ts';
export type { Found } from './registry.ts';
export type { Operation, Reading, RequestView } from './provider.ts';
export { merge, readAnswer, readStream, readTail } from './read-answer.ts';
export { findLastText, listMembers, parseJson, readMembers } from './read-members.ts';
