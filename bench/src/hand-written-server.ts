import { createHash } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { HAND_WRITTEN_TABLE, insertEvents } from './hand-written-insert.ts';
import { validateEvent, type ValidEvent } from './hand-written-validate.ts';

const WORKSPACE_ID = '00000000-0000-4000-8000-000000000001';
const MAX_EVENTS = 1000;

/**
 * What a good programmer writes in an afternoon, and what the collector is measured against: it checks the key, validates and prices
 * each event, and writes a request in one statement that ignores ids it has seen.
 */
function createHandWrittenServer(pool: pg.Pool, keyHash: string): Hono {
  const app = new Hono();
  app.post('/v1/events', async (context) => {
    const key = context.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (createHash('sha256').update(key).digest('hex') !== keyHash) return context.json({ code: 'invalid_key' }, 401);
    const body: unknown = await context.req.json().catch(() => undefined);
    const events = typeof body === 'object' && body !== null && 'events' in body ? body.events : undefined;
    if (!Array.isArray(events)) return context.json({ code: 'invalid_body' }, 400);
    if (events.length > MAX_EVENTS) return context.json({ code: 'too_many_events' }, 413);
    const { valid, rejected } = sortOut(events);
    const accepted = await insertEvents(pool, WORKSPACE_ID, valid);
    return context.json({ accepted, duplicates: valid.length - accepted, rejected });
  });
  return app;
}

function sortOut(events: readonly unknown[]) {
  const valid: ValidEvent[] = [];
  const rejected: { readonly index: number; readonly code: string }[] = [];
  for (const [index, event] of events.entries()) {
    const result = validateEvent(event);
    if (typeof result === 'string') rejected.push({ index, code: result });
    else valid.push(result);
  }
  return { valid, rejected };
}

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
await pool.query(HAND_WRITTEN_TABLE);
const keyHash = createHash('sha256')
  .update(process.env['BENCH_KEY'] ?? '')
  .digest('hex');
serve({ fetch: createHandWrittenServer(pool, keyHash).fetch, port: 0, hostname: '127.0.0.1' }, (address) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }));
});
