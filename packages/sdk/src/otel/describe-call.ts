import type { Usage } from '@llmobserve/protocol';
import type { CapturedCall } from '../capture/index.ts';
import type { Scope } from '../runtime.ts';
import { otelNameOf } from './name-provider.ts';
import { EMITTED_ATTRIBUTE } from './otel-span.ts';

export type SpanAttributes = Record<string, string | number | boolean>;

/** OpenTelemetry's names of operations where ours differ (semantic conventions of 2026-11). */
const OPERATIONS: Readonly<Record<string, string>> = { responses: 'chat', completions: 'text_completion' };
const GENERATING = new Set(['google', 'vertex']);
/** The totals include their parts there. */
const INPUT = ['input', 'cachedInput', 'cacheWrite5m', 'cacheWrite1h', 'audioInput', 'audioCachedInput', 'imageInput', 'imageCachedInput'];
const OUTPUT = ['output', 'reasoning', 'audioOutput', 'imageOutput'];
const QUANTITIES: Readonly<Record<string, readonly string[]>> = {
  'gen_ai.usage.input_tokens': INPUT,
  'gen_ai.usage.output_tokens': OUTPUT,
  'gen_ai.usage.cache_read.input_tokens': ['cachedInput', 'audioCachedInput', 'imageCachedInput'],
  'gen_ai.usage.cache_creation.input_tokens': ['cacheWrite5m', 'cacheWrite1h'],
  'gen_ai.usage.reasoning.output_tokens': ['reasoning'],
  'gen_ai.usage.audio.input_tokens': ['audioInput', 'audioCachedInput'],
  'gen_ai.usage.audio.output_tokens': ['audioOutput'],
  'gen_ai.usage.image.input_tokens': ['imageInput', 'imageCachedInput'],
};
const TOKENS = new Set([...INPUT, ...OUTPUT]);

/** Puts a call into the words of OpenTelemetry's conventions; what they have no word for stands under `llmobserve.`. */
export function describeCall(call: CapturedCall<Scope>): { readonly name: string; readonly attributes: SpanAttributes } {
  const operation = operationOf(call);
  const provider = otelNameOf(call.provider);
  const system = call.kind === 'vector' ? 'db' : 'gen_ai';
  return {
    name: `${operation} ${call.requestedModel ?? call.model ?? provider}`,
    attributes: {
      [EMITTED_ATTRIBUTE]: true,
      ...(system === 'db'
        ? { 'db.system.name': provider, 'db.operation.name': operation }
        : { 'gen_ai.provider.name': provider, 'gen_ai.operation.name': operation }),
      ...withoutAbsent({
        'gen_ai.request.model': call.requestedModel,
        'gen_ai.response.model': call.model,
        'gen_ai.response.id': call.responseId,
        'gen_ai.request.stream': call.streamed || undefined,
        'gen_ai.response.time_to_first_chunk': call.firstTokenMs === undefined ? undefined : call.firstTokenMs / 1000,
        'error.type': call.status === 'error' ? (call.error?.code ?? '_OTHER') : undefined,
        'llmobserve.status': call.status,
        'llmobserve.usage_quality': call.usageQuality,
        'llmobserve.customer': call.scope?.customer?.id,
        'llmobserve.run': call.scope?.run?.name,
        'llmobserve.section': call.scope?.section,
      }),
      ...describeUsage(call.usage ?? {}),
    },
  };
}

function operationOf({ operation, provider }: CapturedCall<Scope>): string {
  if (operation === 'chat' && GENERATING.has(provider)) return 'generate_content';
  return OPERATIONS[operation] ?? operation;
}

function describeUsage(usage: Usage): SpanAttributes {
  const totals = Object.entries(QUANTITIES).flatMap(([name, keys]): [string, number][] => {
    const told = keys.flatMap((key) => usage[key] ?? []);
    return told.length === 0 ? [] : [[name, told.reduce((sum, tokens) => sum + tokens, 0)]];
  });
  const others = Object.entries(usage).filter(([key]) => !TOKENS.has(key));
  return Object.fromEntries([...totals, ...others.map(([key, quantity]): [string, number] => [`llmobserve.usage.${key}`, quantity])]);
}

function withoutAbsent(attributes: Readonly<Record<string, string | number | boolean | undefined>>): SpanAttributes {
  const present: SpanAttributes = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) present[name] = value;
  return present;
}
