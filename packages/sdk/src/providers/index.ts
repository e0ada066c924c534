export { findOperation, isProviderHost } from './registry.ts';
export type { Found } from './registry.ts';
export type { Operation, Reading, RequestView, Seen, StreamView } from './provider.ts';
export { readFormField } from './read-form-field.ts';
export { merge, readAnswer, readStream, readTail } from './read-answer.ts';
export { findLastText, listMembers, parseJson, readMembers } from './read-members.ts';
