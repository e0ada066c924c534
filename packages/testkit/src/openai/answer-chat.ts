import { jsonAnswer, streamAnswer, writeEvent, type Answer } from '../providers/index.ts';
import { answeredModel, answeredTier } from './answered-model.ts';
import { inStreamError } from './refuse.ts';
import type { TokenPlan } from './plan-tokens.ts';
import type { ChatAsk } from './read-ask.ts';
import { splitText, writeOutput, type Output } from './write-output.ts';

/** Identity of one answer; the time is made up too, so that two runs answer the same. */
export type AnswerIdentity = { readonly number: number; readonly seed: number; readonly createdS: number };

/** Answers `POST /v1/chat/completions`, whole or as a stream. */
export function answerChat(ask: ChatAsk, plan: TokenPlan, identity: AnswerIdentity): Answer {
  const output = writeOutput(ask, plan);
  const head = {
    id: `chatcmpl-${identity.seed}-${identity.number}`,
    created: identity.createdS,
    model: answeredModel(ask.model),
    service_tier: answeredTier(ask.tier),
    system_fingerprint: `fp_${identity.seed}`,
  };
  if (ask.isStreamed) return streamAnswer(streamPieces({ head, ask, plan, output }), inStreamError());
  return jsonAnswer(200, { ...head, object: 'chat.completion', choices: [wholeChoice(ask, plan, output)], usage: usageOf(plan) });
}

type Telling = { readonly head: object; readonly ask: ChatAsk; readonly plan: TokenPlan; readonly output: Output };

function wholeChoice(ask: ChatAsk, plan: TokenPlan, { tool, pieces }: Output): object {
  const audio =
    plan.audioOutput > 0 ? { audio: { id: 'audio_1', data: 'AAAA', expires_at: 1_900_000_000, transcript: pieces.join('') } } : {};
  const message = tool
    ? { content: null, tool_calls: [{ id: toolCallId(ask), type: 'function', function: tool }] }
    : { content: pieces.join(''), ...audio };
  return { index: 0, message: { role: 'assistant', refusal: null, ...message }, logprobs: null, finish_reason: finishReason(ask, tool) };
}

/** As OpenAI sends them: `usage` is null on every chunk and set on one more chunk without choices, if asked for. */
function streamPieces({ head, ask, plan, output }: Telling): readonly string[] {
  const noUsage = ask.includesUsage ? { usage: null } : {};
  const chunk = (choices: readonly object[], usage: object): string =>
    writeEvent({ ...head, object: 'chat.completion.chunk', choices, ...usage });
  const delta = (part: object, finish: string | null = null): string =>
    chunk([{ index: 0, delta: part, logprobs: null, finish_reason: finish }], noUsage);
  return [
    ...deltas(ask, output).map((part) => delta(part)),
    delta({}, finishReason(ask, output.tool)),
    ...(ask.includesUsage ? [chunk([], { usage: usageOf(plan) })] : []),
    'data: [DONE]\n\n',
  ];
}

function deltas(ask: ChatAsk, { tool, pieces }: Output): readonly object[] {
  if (!tool) return [{ role: 'assistant', content: '', refusal: null }, ...pieces.map((content) => ({ content }))];
  const first = { index: 0, id: toolCallId(ask), type: 'function', function: { name: tool.name, arguments: '' } };
  return [
    { role: 'assistant', content: null, tool_calls: [first] },
    ...splitText(tool.arguments).map((text) => ({ tool_calls: [{ index: 0, function: { arguments: text } }] })),
  ];
}

function toolCallId(ask: ChatAsk): string {
  return `call_${ask.hash.toString(36)}`;
}

/** A structured answer is never cut off, so that `parse` finds whole JSON. */
function finishReason(ask: ChatAsk, tool: Output['tool']): string {
  if (tool) return 'tool_calls';
  return ask.outputLimit === undefined || ask.schema !== undefined ? 'stop' : 'length';
}

function usageOf(plan: TokenPlan): object {
  return {
    prompt_tokens: plan.input,
    completion_tokens: plan.output,
    total_tokens: plan.input + plan.output,
    prompt_tokens_details: { cached_tokens: plan.cachedInput, audio_tokens: plan.audioInput },
    completion_tokens_details: {
      reasoning_tokens: plan.reasoning,
      audio_tokens: plan.audioOutput,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
