import type { PricedEvent } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';
import { EVENT_COLUMNS, pricedEventOf, type EventRow } from './priced-event-of.ts';

export type EventQuestion = {
  readonly eventId: string;
  /** Named when an event was priced by no card of its own. */
  readonly bookVersion: string;
};

/** What was this call, and why does it cost that? */
export async function findEvent(database: Database, workspaceId: string, question: EventQuestion): Promise<PricedEvent | undefined> {
  const [row] = await database.query<EventRow>(sql`
    SELECT ${EVENT_COLUMNS}
    FROM trace_events
    LEFT JOIN rate_cards ON rate_cards.workspace_id = trace_events.workspace_id AND rate_cards.id = trace_events.rate_card_id
    WHERE trace_events.workspace_id = ${workspaceId}::uuid AND trace_events.event_id = ${question.eventId}::uuid
  `);
  return row && pricedEventOf(row, question.bookVersion);
}
