export type ValidEvent = {
  readonly id: string;
  readonly kind: string;
  readonly provider: string;
  readonly startedAt: string;
  readonly usage: Readonly<Record<string, number>>;
  readonly costPico: bigint;
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly durationMs: number | undefined;
  readonly tags: unknown;
  readonly attributes: unknown;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const KINDS = new Set(['llm', 'embedding', 'image', 'audio', 'moderation', 'rerank', 'vector', 'batch', 'section', 'custom']);
const MAX_NAME = 200;
const MAX_QUANTITY = 1e12;
const TEXTS = [
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
] as const;

/** Pico-dollars per token. */
const RATES: Readonly<Record<string, Readonly<Record<string, bigint>>>> = {
  'gpt-4o-2024-08-06': { input: 2_500_000n, cachedInput: 1_250_000n, output: 10_000_000n },
  'gpt-4o-mini-2024-07-18': { input: 150_000n, cachedInput: 75_000n, output: 600_000n },
};

/** Checks one event member by member; answers the event, or the code of what is wrong with it. */
export function validateEvent(event: unknown): ValidEvent | string {
  if (!isRecord(event)) return 'invalid_type';
  const { id, kind, provider, startedAt, usage = {}, durationMs } = event;
  if (typeof id !== 'string' || !UUID.test(id)) return 'invalid_id';
  if (typeof kind !== 'string' || !KINDS.has(kind)) return 'invalid_string';
  if (typeof provider !== 'string' || provider === '' || provider.length > MAX_NAME) return 'invalid_string';
  if (typeof startedAt !== 'string' || Number.isNaN(Date.parse(startedAt))) return 'invalid_time';
  if (durationMs !== undefined && !isQuantity(durationMs)) return 'invalid_number';
  const quantities = readUsage(usage);
  const texts = readTexts(event);
  if (!quantities) return 'invalid_number';
  if (!texts) return 'too_long';
  const costPico = priceOf(texts['model'], quantities);
  const { tags, attributes } = event;
  return { id: id.toLowerCase(), kind, provider, startedAt, usage: quantities, costPico, texts, durationMs, tags, attributes };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_QUANTITY;
}

function readUsage(usage: unknown): Readonly<Record<string, number>> | undefined {
  if (!isRecord(usage)) return undefined;
  const entries = Object.entries(usage).filter((entry): entry is [string, number] => isQuantity(entry[1]));
  return entries.length === Object.keys(usage).length ? Object.fromEntries(entries) : undefined;
}

function readTexts(event: Readonly<Record<string, unknown>>): Readonly<Record<string, string | undefined>> | undefined {
  const texts: Record<string, string | undefined> = {};
  for (const name of TEXTS) {
    const value = event[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.length > MAX_NAME) return undefined;
    texts[name] = value.replaceAll('\u0000', '\uFFFD');
  }
  return texts;
}

function priceOf(model: string | undefined, usage: Readonly<Record<string, number>>): bigint {
  const rates = RATES[model ?? ''] ?? {};
  return Object.entries(usage).reduce((sum, [unit, quantity]) => sum + (rates[unit] ?? 0n) * BigInt(Math.round(quantity)), 0n);
}
