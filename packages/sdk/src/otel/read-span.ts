import type { EventKind } from '@llmobserve/protocol';
import type { CapturedCall } from '../capture/index.ts';
import { providerOf } from './name-provider.ts';
import { toMs, type OtelSpan } from './otel-span.ts';
import { readNumber, readText, type Attributes } from './read-attributes.ts';
import { readSpanUsage } from './read-span-usage.ts';

/** What a span says of a call. */
export type SpanReading = {
  readonly call: CapturedCall<never>;
  /** The span stands for work of several calls, such as an agent's, and its usage is their sum. */
  readonly isSum: boolean;
};

const OPERATION = ['gen_ai.operation.name', 'openinference.span.kind', 'traceloop.span.kind', 'llm.request.type', 'ai.operationId'];
const PROVIDER = ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system', 'ai.model.provider'];
const MODEL = ['gen_ai.response.model', 'llm.response.model_name', 'llm.response.model', 'ai.response.model'];
const REQUESTED_MODEL = [
  'gen_ai.request.model',
  'llm.request.model_name',
  'llm.request.model',
  'llm.model_name',
  'embedding.model_name',
  'reranker.model_name',
  'ai.model.id',
];
const RESPONSE_ID = ['gen_ai.response.id', 'llm.response.id', 'ai.response.id'];
const SERVICE_TIER = ['openai.response.service_tier', 'gen_ai.openai.response.service_tier'];
const FIRST_CHUNK_SECONDS = ['gen_ai.response.time_to_first_chunk'];
const FIRST_CHUNK_MS = ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'];

/** What an operation's name holds, and which call that is; the first that fits. */
const OPERATIONS: readonly (readonly [holds: string, kind: EventKind, operation: string])[] = [
  ['embed', 'embedding', 'embeddings'],
  ['rerank', 'rerank', 'rerank'],
  ['image', 'image', 'images'],
  ['transcri', 'audio', 'transcription'],
  ['speech', 'audio', 'speech'],
  ['moderation', 'moderation', 'moderations'],
  ['text_completion', 'llm', 'completions'],
];
/** Vercel's outer spans are named like the function, the calls inside end in `.doGenerate`, `.doStream` or `.doEmbed`. */
const SUM = /agent|workflow|chain|tool|task|retriev|guardrail|evaluat|plan|^ai\.(?!.*\.do[A-Z])/i;
const ERROR_STATUS = 2;

/** Reads a span that names a usage; any other is no call of its own. */
export function readSpan(span: OtelSpan): SpanReading | undefined {
  const { attributes } = span;
  const named = readText(attributes, OPERATION) ?? '';
  const [, kind, operation] = OPERATIONS.find(([holds]) => named.toLowerCase().includes(holds)) ?? ['', 'llm', 'chat'];
  const used = readSpanUsage(attributes, kind === 'embedding');
  if (!used) return undefined;
  const { traceId, spanId } = span.spanContext();
  const startedAtMs = toMs(span.startTime);
  const firstTokenMs = readFirstToken(attributes);
  const requestedModel = readText(attributes, REQUESTED_MODEL);
  const call: CapturedCall<never> = {
    kind,
    operation,
    provider: providerOf(readText(attributes, PROVIDER) ?? 'unknown'),
    model: readText(attributes, MODEL) ?? requestedModel,
    requestedModel,
    startedAtMs,
    durationMs: toMs(span.endTime) - startedAtMs,
    firstTokenMs,
    ...readEnding(span),
    attempts: 1,
    responseId: readText(attributes, RESPONSE_ID),
    streamed: firstTokenMs !== undefined || isStream(attributes, named),
    ...used,
    serviceTier: readText(attributes, SERVICE_TIER),
    attributes: { otel: { traceId, spanId } },
    scope: undefined,
  };
  return { call, isSum: SUM.test(named) };
}

function readFirstToken(attributes: Attributes): number | undefined {
  const seconds = readNumber(attributes, FIRST_CHUNK_SECONDS);
  return seconds === undefined ? readNumber(attributes, FIRST_CHUNK_MS) : seconds * 1000;
}

function readEnding({ attributes, status }: OtelSpan): Pick<CapturedCall, 'status' | 'error'> {
  if (status.code !== ERROR_STATUS) return { status: 'ok' };
  const code = readText(attributes, ['error.type']);
  return { status: 'error', error: code === undefined ? {} : { code } };
}

function isStream(attributes: Attributes, operation: string): boolean {
  return attributes['gen_ai.request.stream'] === true || attributes['llm.is_streaming'] === true || operation.endsWith('doStream');
}
