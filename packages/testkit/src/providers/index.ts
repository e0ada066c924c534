export { jsonAnswer, streamAnswer, type Answer, type Piece, type Provider } from './answer.ts';
export { readForm } from './read-form.ts';
export type { Quirk } from './quirk.ts';
export { listOf, numberOf, recordOf, textOf } from './read-members.ts';
export type { ReadRequest } from './read-request.ts';
export type { RecordedRequest } from './recorded-request.ts';
export { hashOf, writeJsonFor, writeWords } from './write-words.ts';
export { countWords } from './count-words.ts';
export { startFakeProvider, type FakeProvider, type FakeProviderOptions } from './start-fake-provider.ts';
