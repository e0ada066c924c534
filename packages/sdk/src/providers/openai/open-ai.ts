import type { WireRequest } from '../../wire/index.ts';
import { createReader } from '../create-reader.ts';
import type { Operation, Provider, Reader, Route } from '../provider.ts';

const CHAT_OUTPUT = ['content', 'text', 'arguments', 'refusal', 'reasoning_content', 'reasoning'];
const RESPONSE = { kind: 'llm', operation: 'responses', outputMembers: ['delta'], hasPrompt: true } as const;

const POSTS: Readonly<Record<string, Route>> = {
  'chat/completions': { kind: 'llm', operation: 'chat', outputMembers: CHAT_OUTPUT, hasPrompt: true, confirm: 'messages|model,prompt' },
  completions: { kind: 'llm', operation: 'completions', outputMembers: CHAT_OUTPUT, hasPrompt: true, confirm: 'messages|model,prompt' },
  embeddings: { kind: 'embedding', operation: 'embeddings', hasPrompt: true, confirm: 'input,model' },
  responses: { ...RESPONSE, confirm: 'model,input|model,prompt' },
  moderations: { kind: 'moderation', operation: 'moderations', isFree: true, confirm: 'input' },
};
const RETRIEVED_RESPONSE: Route = { ...RESPONSE, isRetrieval: true };

const PATH = /^(.*?)\/(chat\/completions|completions|embeddings|responses|moderations|responses\/resp_[^/]+(?:\/cancel)?)$/;
const DEPLOYMENT = /\/openai\/deployments\/([^/]+)$/;
/** Where clients of OpenAI-compatible servers look by habit. */
const HABITUAL_BASE = /\/(?:v\d\w*|openai\/deployments\/[^/]+)$/;

const IN = 'prompt_tokens_details';
const OUT = 'completion_tokens_details';

/** Chat says prompt and completion tokens, responses say input and output tokens; compatible hosts add words of their own. */
export const openAiReader: Reader = createReader({
  // Groq puts a stream's usage into a member of its own.
  usage: 'usage|x_groq.usage',
  wrapper: 'response',
  rows: [
    // Embeddings of some hosts tell a total and nothing else; it is all input.
    ['input', 'prompt_tokens|input_tokens|total_tokens'],
    // DeepSeek tells hits beside the total, Moonshot at the top level.
    ['cachedInput', `${IN}.cached_tokens|input_tokens_details.cached_tokens|prompt_cache_hit_tokens|cached_tokens`, 'input'],
    ['audioCachedInput', `${IN}.cached_tokens_details.audio_tokens|input_tokens_details.cached_tokens_details.audio_tokens`, 'cachedInput'],
    ['cacheWrite5m', `${IN}.cache_write_tokens|input_tokens_details.cache_write_tokens`, 'input'],
    ['audioInput', `${IN}.audio_tokens|input_tokens_details.audio_tokens`, 'input', 'audioCachedInput'],
    ['imageInput', `${IN}.image_tokens|input_tokens_details.image_tokens`, 'input'],
    ['output', 'completion_tokens|output_tokens'],
    ['reasoning', `${OUT}.reasoning_tokens|output_tokens_details.reasoning_tokens`, 'output'],
    ['audioOutput', `${OUT}.audio_tokens|output_tokens_details.audio_tokens`, 'output'],
    ['imageOutput', `${OUT}.image_tokens|output_tokens_details.image_tokens`, 'output'],
  ],
});

/** OpenAI, Azure, and every host that speaks their form. */
export const openAi: Provider = {
  findOperation: operationAt,
  guessOperation(request) {
    const base = PATH.exec(request.path)?.[1];
    if (base === undefined || !HABITUAL_BASE.test(base)) return undefined;
    return operationAt(request, DEPLOYMENT.test(base) ? 'azure' : 'openai');
  },
};

function operationAt({ method, path }: WireRequest, provider: string): Operation | undefined {
  const [, base = '', name] = PATH.exec(path) ?? [];
  const route = name === undefined ? undefined : routeOf(method, name);
  return route && { ...route, provider, reader: openAiReader, pathModel: decode(DEPLOYMENT.exec(base)?.[1]) };
}

function routeOf(method: string, name: string): Route | undefined {
  if (name.startsWith('responses/')) return method === 'GET' || method === 'POST' ? RETRIEVED_RESPONSE : undefined;
  return method === 'POST' ? POSTS[name] : undefined;
}

function decode(name: string | undefined): string | undefined {
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}
