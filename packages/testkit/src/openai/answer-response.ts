import { jsonAnswer, streamAnswer, writeTypedEvent, type Answer } from '../providers/index.ts';
import type { AnswerIdentity } from './answer-chat.ts';
import { answeredModel, answeredTier } from './answered-model.ts';
import type { TokenPlan } from './plan-tokens.ts';
import type { ResponseAsk } from './read-ask.ts';
import { streamResponse } from './stream-response.ts';
import { writeOutput } from './write-output.ts';

/** A response in OpenAI's form, at any point of its life. */
export type ResponseBody = {
  readonly id: string;
  readonly status: string;
  readonly output: readonly object[];
  readonly [member: string]: unknown;
};

/** Answers `POST /v1/responses`, whole or as a stream. */
export function answerResponse(ask: ResponseAsk, response: ResponseBody): Answer {
  if (ask.isStreamed) return streamAnswer(streamResponse(response), inStreamError());
  return jsonAnswer(200, response);
}

/** Makes the response as it is once it has been completed. */
export function completeResponse(ask: ResponseAsk, plan: TokenPlan, identity: AnswerIdentity): ResponseBody {
  return {
    id: `resp_${identity.seed}_${identity.number}`,
    object: 'response',
    created_at: identity.createdS,
    status: 'completed',
    background: ask.isBackground,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: answeredModel(ask.model),
    output: outputItems(ask, plan, identity),
    parallel_tool_calls: true,
    previous_response_id: null,
    service_tier: answeredTier(ask.tier),
    temperature: 1,
    tool_choice: 'auto',
    tool_usage: { image_gen: NO_IMAGES, web_search: { num_requests: ask.searches } },
    tools: [],
    top_p: 1,
    usage: usageOf(plan),
  };
}

function outputItems(ask: ResponseAsk, plan: TokenPlan, { number }: AnswerIdentity): readonly object[] {
  const { tool, pieces } = writeOutput(ask, plan);
  const reasoning = plan.reasoning > 0 ? [{ id: `rs_${number}`, type: 'reasoning', summary: [] }] : [];
  const searches = Array.from({ length: ask.searches }, (_, index) => searchCall(`ws_${number}_${index}`));
  if (tool)
    return [
      ...reasoning,
      ...searches,
      { id: `fc_${number}`, type: 'function_call', status: 'completed', call_id: `call_${number}`, ...tool },
    ];
  const content = [{ type: 'output_text', text: pieces.join(''), annotations: [], logprobs: [] }];
  return [...reasoning, ...searches, { id: `msg_${number}`, type: 'message', status: 'completed', role: 'assistant', content }];
}

/** What hosted tools used stands beside the model's own usage. */
const NO_IMAGES = { input_tokens: 0, input_tokens_details: { image_tokens: 0, text_tokens: 0 }, output_tokens: 0, total_tokens: 0 };

function searchCall(id: string): object {
  return { id, type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'prices today' } };
}

function usageOf(plan: TokenPlan): object {
  return {
    input_tokens: plan.input,
    input_tokens_details: { cached_tokens: plan.cachedInput },
    output_tokens: plan.output,
    output_tokens_details: { reasoning_tokens: plan.reasoning },
    total_tokens: plan.input + plan.output,
  };
}

function inStreamError(): string {
  const error = { type: 'error', code: 'server_error', message: 'The server had an error.', param: null, sequence_number: 99 };
  return writeTypedEvent(error);
}
