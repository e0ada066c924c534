import { readFileSync } from 'node:fs';

export type AcceptedFixture = {
  readonly name: string;
  readonly sent: Readonly<Record<string, unknown>>;
  readonly parsed: Readonly<Record<string, unknown>>;
};
export type RefusedFixture = { readonly name: string; readonly change: Readonly<Record<string, unknown>>; readonly code: string };

/** The instant at which all golden events are read. */
export const FIXTURE_NOW_MS: number = Date.parse('2026-11-20T10:00:00.000Z');

/** An event nothing is wrong with; refused fixtures change one member of it. */
export const SOUND_EVENT = {
  id: '0198f3a2-0000-7000-8000-0000000000ff',
  kind: 'llm',
  provider: 'openai',
  model: 'gpt-4o-2024-08-06',
  startedAt: '2026-11-20T09:00:00.000Z',
} as const;

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/v1/${name}.json`, import.meta.url), 'utf8'));
}
