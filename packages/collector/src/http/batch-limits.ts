import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from '@llmobserve/protocol';

/** What a sender may put into one batch; stands in every answer that says it was too much. */
export const BATCH_LIMITS = { maxEvents: MAX_BATCH_EVENTS, maxBytes: MAX_BATCH_BYTES };
