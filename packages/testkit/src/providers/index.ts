// One way to start
export { startFakeProvider, type FakeProvider, type FakeProviderOptions } from './start-fake-provider.ts';
export type { Quirk } from './quirk.ts';
export type { RecordedRequest } from './recorded-request.ts';

// What is asked
export { originOf, type ReadRequest } from './read-request.ts';
export { readForm } from './read-form.ts';
export { listOf, numberOf, recordOf, textOf } from './read-members.ts';

// What it costs
export { countTexts, countWords } from './count-words.ts';
export { planOutput } from './plan-output.ts';
export { createTellUsage, type TellingOptions, type TellUsage, type UsageOptions } from './usage-options.ts';

// What is answered
export { jsonAnswer, linesAnswer, streamAnswer, withHeaders, type Answer, type Provider } from './answer.ts';
export { hashOf, splitWords, writeJsonFor, writePieces, writeWords } from './write-words.ts';
export { writeEvent, writeTypedEvent } from './write-event.ts';
export { writeVector } from './write-vector.ts';
export { createBoundedMap, type BoundedMap } from './create-bounded-map.ts';
