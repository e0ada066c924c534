import type { JsonRecord } from '@llmobserve/protocol';

/** Writes a server-sent event with JSON in it, under a name where the provider gives it one. */
export function writeEvent(data: object, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Writes an event that has its `type` for a name, as most providers do. */
export function writeTypedEvent(event: JsonRecord): string {
  return writeEvent(event, String(event['type']));
}
