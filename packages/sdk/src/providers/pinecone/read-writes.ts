import type { Reader } from '../provider.ts';
import { estimateWriteUnits } from './estimate-write-units.ts';

/** Upsert, update and delete: Pinecone does not tell what they used, so it is worked out from the request. */
export const writeReader: Reader = {
  members: [],
  readAnswer: (_answer, request) => ({ estimate: estimateWriteUnits(request) }),
  isUnmistakable: () => true,
};
