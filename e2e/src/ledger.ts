import { formatUsd, toPicoUsd } from '@llmobserve/protocol';

/** A call that a program makes (programs/make-calls.cjs), and what it costs, reckoned by hand. */
export type LedgerCall = {
  readonly customer: string;
  readonly make: 'chat' | 'stream' | 'respond' | 'embed' | 'upsert' | 'query';
  readonly model?: string;
  readonly input?: number;
  readonly output?: number;
  /** In pico-dollars: tokens times the price of one. */
  readonly picoUsd: bigint;
};

/**
 * List prices of one token in pico-dollars, copied by hand from the providers' pages (2026-11-20), not from the price book:
 * a dollar per million tokens is 1 000 000 pico-dollars a token.
 */
const GPT_4O = { input: 2_500_000n, cachedInput: 1_250_000n, output: 10_000_000n };
const GPT_4O_MINI = { input: 150_000n, output: 600_000n };
const GPT_4_1 = { input: 2_000_000n, output: 8_000_000n };
const EMBEDDING_SMALL = 20_000n;
/** Pinecone serverless, Standard: $16 a million read units, $4 a million write units; a write is 5 units at least. */
const QUARTER_READ_UNIT = 4_000_000n;
const FIVE_WRITE_UNITS = 20_000_000n;

/** Two dozen calls of three customers, in no order. */
export const LEDGER: readonly LedgerCall[] = [
  { customer: 'acme', make: 'chat', model: 'gpt-4o', input: 100, output: 50, picoUsd: 100n * GPT_4O.input + 50n * GPT_4O.output },
  {
    customer: 'globex',
    make: 'chat',
    model: 'gpt-4o-mini',
    input: 7,
    output: 3,
    picoUsd: 7n * GPT_4O_MINI.input + 3n * GPT_4O_MINI.output,
  },
  { customer: 'initech', make: 'stream', model: 'gpt-4o', input: 11, output: 29, picoUsd: 11n * GPT_4O.input + 29n * GPT_4O.output },
  { customer: 'acme', make: 'embed', model: 'text-embedding-3-small', input: 8, picoUsd: 8n * EMBEDDING_SMALL },
  { customer: 'acme', make: 'upsert', picoUsd: FIVE_WRITE_UNITS },
  { customer: 'globex', make: 'stream', model: 'gpt-4.1', input: 40, output: 13, picoUsd: 40n * GPT_4_1.input + 13n * GPT_4_1.output },
  // Long prompts are half cached: 2050 words, 1024 of them from the cache.
  {
    customer: 'initech',
    make: 'chat',
    model: 'gpt-4o',
    input: 2050,
    output: 1,
    picoUsd: 1026n * GPT_4O.input + 1024n * GPT_4O.cachedInput + 1n * GPT_4O.output,
  },
  { customer: 'globex', make: 'upsert', picoUsd: FIVE_WRITE_UNITS },
  { customer: 'acme', make: 'query', picoUsd: QUARTER_READ_UNIT },
  { customer: 'initech', make: 'respond', model: 'gpt-4.1', input: 17, output: 23, picoUsd: 17n * GPT_4_1.input + 23n * GPT_4_1.output },
  { customer: 'globex', make: 'embed', model: 'text-embedding-3-small', input: 1, picoUsd: 1n * EMBEDDING_SMALL },
  {
    customer: 'acme',
    make: 'stream',
    model: 'gpt-4o-mini',
    input: 64,
    output: 9,
    picoUsd: 64n * GPT_4O_MINI.input + 9n * GPT_4O_MINI.output,
  },
  { customer: 'initech', make: 'query', picoUsd: QUARTER_READ_UNIT },
  { customer: 'globex', make: 'chat', model: 'gpt-4.1', input: 5, output: 5, picoUsd: 5n * GPT_4_1.input + 5n * GPT_4_1.output },
  {
    customer: 'acme',
    make: 'respond',
    model: 'gpt-4o-mini',
    input: 31,
    output: 2,
    picoUsd: 31n * GPT_4O_MINI.input + 2n * GPT_4O_MINI.output,
  },
  { customer: 'initech', make: 'embed', model: 'text-embedding-3-small', input: 123, picoUsd: 123n * EMBEDDING_SMALL },
  { customer: 'globex', make: 'query', picoUsd: QUARTER_READ_UNIT },
  { customer: 'acme', make: 'stream', model: 'gpt-4o', input: 3, output: 77, picoUsd: 3n * GPT_4O.input + 77n * GPT_4O.output },
  {
    customer: 'initech',
    make: 'chat',
    model: 'gpt-4o-mini',
    input: 1,
    output: 1,
    picoUsd: 1n * GPT_4O_MINI.input + 1n * GPT_4O_MINI.output,
  },
  {
    customer: 'globex',
    make: 'stream',
    model: 'gpt-4o-mini',
    input: 9,
    output: 41,
    picoUsd: 9n * GPT_4O_MINI.input + 41n * GPT_4O_MINI.output,
  },
  { customer: 'acme', make: 'chat', model: 'gpt-4.1', input: 19, output: 19, picoUsd: 19n * GPT_4_1.input + 19n * GPT_4_1.output },
  { customer: 'initech', make: 'stream', model: 'gpt-4.1', input: 2, output: 6, picoUsd: 2n * GPT_4_1.input + 6n * GPT_4_1.output },
  { customer: 'initech', make: 'upsert', picoUsd: FIVE_WRITE_UNITS },
  { customer: 'globex', make: 'respond', model: 'gpt-4o', input: 88, output: 8, picoUsd: 88n * GPT_4O.input + 8n * GPT_4O.output },
];

/** What each customer's calls cost together, as the API writes money; dearest first. */
export function reckonByCustomer(
  calls: readonly LedgerCall[],
): readonly { readonly customer: string; readonly costUsd: string; readonly calls: number }[] {
  return [...Map.groupBy(calls, (call) => call.customer)]
    .map(([customer, own]) => ({ customer, pico: sumOf(own), calls: own.length }))
    .toSorted((left, right) => (left.pico < right.pico ? 1 : -1))
    .map(({ pico, ...rest }) => ({ ...rest, costUsd: formatUsd(toPicoUsd(pico)) }));
}

/** What all calls cost together. */
export function reckonTotal(calls: readonly LedgerCall[]): string {
  return formatUsd(toPicoUsd(sumOf(calls)));
}

function sumOf(calls: readonly LedgerCall[]): bigint {
  return calls.reduce((sum, call) => sum + call.picoUsd, 0n);
}
