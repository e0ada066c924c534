import type pg from 'pg';
import type { ValidEvent } from './hand-written-validate.ts';

export const HAND_WRITTEN_TABLE = `
  CREATE TABLE IF NOT EXISTS events (
    workspace_id uuid NOT NULL, event_id uuid NOT NULL, started_at timestamptz NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL, provider text NOT NULL, model text, requested_model text, operation text, status text, response_id text,
    customer_id text, user_id text, session_id text, section text, environment text, duration_ms bigint,
    cost_pico numeric(38, 0) NOT NULL, usage jsonb NOT NULL, tags jsonb, attributes jsonb,
    PRIMARY KEY (workspace_id, event_id)
  );
  CREATE INDEX IF NOT EXISTS events_started ON events (workspace_id, started_at);
  CREATE INDEX IF NOT EXISTS events_customer ON events (workspace_id, customer_id, started_at);
`;

const INSERT = {
  name: 'insert-events',
  text: `
    INSERT INTO events (workspace_id, event_id, started_at, kind, provider, model, requested_model, operation, status, response_id,
      customer_id, user_id, session_id, section, environment, duration_ms, cost_pico, usage, tags, attributes)
    SELECT $1, * FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::numeric[], $18::jsonb[],
      $19::jsonb[], $20::jsonb[])
    ON CONFLICT DO NOTHING`,
};

const TEXT_COLUMNS = [
  'model',
  'requestedModel',
  'operation',
  'status',
  'responseId',
  'customer',
  'user',
  'session',
  'section',
  'environment',
];

/** Writes a request's events in one statement and answers how many were new. */
export async function insertEvents(pool: pg.Pool, workspaceId: string, events: readonly ValidEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const column = (read: (event: ValidEvent) => unknown) => events.map(read);
  const result = await pool.query({
    ...INSERT,
    values: [
      workspaceId,
      column((event) => event.id),
      column((event) => event.startedAt),
      column((event) => event.kind),
      column((event) => event.provider),
      ...TEXT_COLUMNS.map((name) => column((event) => event.texts[name] ?? null)),
      column((event) => event.durationMs ?? null),
      column((event) => event.costPico.toString()),
      column((event) => json(event.usage)),
      column((event) => json(event.tags)),
      column((event) => json(event.attributes)),
    ],
  });
  return result.rowCount ?? 0;
}

function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
