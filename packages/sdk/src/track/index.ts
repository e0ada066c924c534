export { track } from './track.ts';
export type { TrackedCall } from './read-tracked-call.ts';
