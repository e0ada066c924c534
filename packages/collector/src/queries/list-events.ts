import type { PricedEvent } from '@llmobserve/protocol';
import { sql } from 'drizzle-orm';

import type { Database } from '../store/index.ts';
import { eventsWhere, instant, type DimensionFilter } from './call-filter.ts';
import { inSnapshot } from './in-snapshot.ts';
import { EVENT_COLUMNS, pricedEventOf, type EventRow } from './priced-event-of.ts';
import type { TimeRange } from './time-buckets.ts';

/** Where the page before ended. */
export type EventCursor = { readonly startedMs: number; readonly id: string };

export type EventsQuestion = {
  readonly range: TimeRange;
  readonly filters: readonly DimensionFilter[];
  readonly after: EventCursor | undefined;
  readonly limit: number;
  /** Named when an event was priced by no card of its own. */
  readonly bookVersion: string;
};

export type EventsAnswer = { readonly items: readonly PricedEvent[]; readonly next: EventCursor | undefined };

/** Which events are there, the latest first? */
export async function listEvents(database: Database, workspaceId: string, question: EventsQuestion): Promise<EventsAnswer> {
  const { range, filters, after, limit, bookVersion } = question;
  const rows = await inSnapshot(database, (snapshot) =>
    snapshot.query<EventRow>(sql`
      WITH page AS (
        SELECT *
        FROM trace_events
        WHERE ${eventsWhere(workspaceId, range, filters)}
          AND ${after ? sql`(started_at, event_id) < (${instant(after.startedMs)}, ${after.id}::uuid)` : sql`true`}
        ORDER BY started_at DESC, event_id DESC
        LIMIT ${limit + 1}
      )
      SELECT ${EVENT_COLUMNS}
      FROM page AS trace_events
      LEFT JOIN rate_cards ON rate_cards.workspace_id = trace_events.workspace_id AND rate_cards.id = trace_events.rate_card_id
      ORDER BY started_at DESC, event_id DESC
    `),
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => pricedEventOf(row, bookVersion)),
    next: last && { startedMs: last.started_ms, id: last.id },
  };
}
