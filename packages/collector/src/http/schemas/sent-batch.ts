import { MAX_BATCH_EVENTS } from '@llmobserve/protocol';
import * as z from 'zod';

import { eventMembers } from './cost-event-schema.ts';

/** Body of `POST /v1/events`, as documentation: each event is judged by itself, so that one bad event costs no neighbour. */
export const sentBatch = z.object({
  sdk: z.object({ name: z.string(), version: z.string(), runtime: z.string(), instance: z.string() }).optional(),
  seq: z.int().nonnegative().optional().meta({ description: 'Grows by one per batch of this process.' }),
  lost: z.record(z.string(), z.int().nonnegative()).optional().meta({ description: 'Events lost since process start, by reason.' }),
  customers: z
    .array(z.object({ id: z.string(), name: z.string().optional(), plan: z.string().optional(), tags: eventMembers.tags }))
    .optional(),
  events: z
    .array(z.object({ ...eventMembers, status: eventMembers.status.optional(), usageQuality: eventMembers.usageQuality.optional() }))
    .max(MAX_BATCH_EVENTS),
});
