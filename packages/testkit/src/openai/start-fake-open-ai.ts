import type { JsonRecord } from '@llmobserve/protocol';
import { jsonAnswer, startFakeProvider, withHeaders } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest } from '../providers/index.ts';
import { answerSpeech, answerTranscription } from './answer-audio.ts';
import { answerChat, type AnswerIdentity } from './answer-chat.ts';
import { answerEmbeddings } from './answer-embeddings.ts';
import { answerImage } from './answer-image.ts';
import { answerResponse, completeResponse } from './answer-response.ts';
import { KNOWN_MODELS } from './answered-model.ts';
import { createBackgroundResponses, type BackgroundResponses } from './background-responses.ts';
import { createBatches, type Batches } from './batches.ts';
import { planTokens, type TokenAsk, type TokenPlan } from './plan-tokens.ts';
import { readChatAsk, readResponseAsk } from './read-ask.ts';
import { refuse } from './refuse.ts';

const FIRST_CREATED_S = 1_790_000_000;

export type FakeOpenAiOptions = FakeProviderOptions & {
  /** Part of every id; two fakes with the same seed answer the same requests alike. */
  readonly seed?: number;
  /** Changes the planned token counts of a call. */
  readonly planTokens?: (ask: TokenAsk, plan: TokenPlan) => TokenPlan;
  /** False: batches tell no usage of their own, as before September 2025. */
  readonly batchesTellUsage?: boolean;
  /** Sent with every answer, as Azure names its region. */
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * Starts an OpenAI of the test's own: chat, responses, embeddings, images, audio, batches, moderations, models; tokens are words.
 *
 * @example
 * const fake = await startFakeOpenAi();
 * const openai = new OpenAI({ apiKey: 'sk-fake', baseURL: `${fake.url}/v1` });
 */
export function startFakeOpenAi(options: FakeOpenAiOptions = {}): Promise<FakeProvider> {
  const seed = options.seed ?? 1;
  const background = createBackgroundResponses();
  let answers = 0;
  const nextIdentity = (): AnswerIdentity => {
    answers += 1;
    return { number: answers, seed, createdS: FIRST_CREATED_S + answers };
  };
  const plan = (ask: TokenAsk): TokenPlan => (options.planTokens ?? ((_ask, planned) => planned))(ask, planTokens(ask));
  const batches = createBatches({ answerLine, tellsUsage: options.batchesTellUsage ?? true });
  const deps: RouteDeps = { background, batches, nextIdentity, plan };
  function answerLine(path: string, members: JsonRecord): Answer {
    const body = Buffer.from(JSON.stringify(members));
    return route(deps, { method: 'POST', path, members, body, query: new URLSearchParams(), headers: { authorization: 'batch' } });
  }
  const head = { 'openai-version': '2020-10-01', ...options.headers };
  const answer = (request: ReadRequest): Answer =>
    withHeaders(route(deps, request), { 'x-request-id': `req_${request.body.length}`, ...head });
  return startFakeProvider({ answer, refuse }, options);
}

type RouteDeps = {
  readonly background: BackgroundResponses;
  readonly batches: Batches;
  nextIdentity(): AnswerIdentity;
  plan(ask: TokenAsk): TokenPlan;
};

function route(deps: RouteDeps, request: ReadRequest): Answer {
  if (!request.headers.authorization && !request.headers['api-key']) return refuse(401);
  const name = routeName(request);
  if (name === 'POST chat/completions') {
    const ask = readChatAsk(request);
    return answerChat(ask, deps.plan(ask), deps.nextIdentity());
  }
  if (name === 'POST responses') return createResponse(deps, request);
  if (name === 'POST embeddings') return answerEmbeddings(request);
  if (name === 'POST moderations') return answerModeration(request, deps.nextIdentity());
  if (name === 'GET models') return jsonAnswer(200, { object: 'list', data: KNOWN_MODELS.map(describeModel) });
  if (name.startsWith('POST images/')) return answerImage(request, deps.nextIdentity());
  if (name === 'POST audio/speech') return answerSpeech(request);
  if (name.startsWith('POST audio/')) return answerTranscription(request);
  const batch = deps.batches.answer(name, request);
  if (batch) return batch;
  const [, id, isCancel] = /^(?:GET|POST) responses\/([^/]+)(\/cancel)?$/.exec(name) ?? [];
  if (id !== undefined) return lookUp(deps.background, { id, isCancel: isCancel !== undefined, isFollowed: request.query.has('stream') });
  const [, model] = /^GET models\/([^/]+)$/.exec(name) ?? [];
  return model !== undefined && KNOWN_MODELS.includes(model) ? jsonAnswer(200, describeModel(model)) : refuse(404);
}

type LookUp = { readonly id: string; readonly isCancel: boolean; readonly isFollowed: boolean };

function lookUp(background: BackgroundResponses, { id, isCancel, isFollowed }: LookUp): Answer {
  if (isCancel) return background.cancel(id);
  return isFollowed ? background.follow(id) : background.look(id);
}

/** Without `/v1`, or without Azure's `/openai/deployments/<name>`. */
function routeName({ method, path }: ReadRequest): string {
  return `${method} ${path.replace(/^.*\/(?:v1|openai\/deployments\/[^/]+)\//, '')}`;
}

function createResponse(deps: RouteDeps, request: ReadRequest): Answer {
  const ask = readResponseAsk(request);
  const response = completeResponse(ask, deps.plan(ask), deps.nextIdentity());
  if (ask.isBackground && !ask.isStreamed) return deps.background.begin(response);
  deps.background.keep(response);
  return answerResponse(ask, response);
}

function answerModeration({ members }: ReadRequest, { seed, number }: AnswerIdentity): Answer {
  const inputs = Array.isArray(members['input']) ? members['input'] : [members['input']];
  const result = { flagged: false, categories: { violence: false }, category_scores: { violence: 0.01 } };
  return jsonAnswer(200, { id: `modr-${seed}-${number}`, model: 'omni-moderation-latest', results: inputs.map(() => result) });
}

function describeModel(id: string): object {
  return { id, object: 'model', created: FIRST_CREATED_S, owned_by: 'system' };
}
