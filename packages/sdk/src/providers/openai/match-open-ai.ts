import type { WireRequest } from '../../wire/index.ts';
import type { Operation, Provider } from '../provider.ts';
import { chatReader } from './read-chat.ts';
import { embeddingsReader } from './read-embeddings.ts';
import { moderationReader } from './read-moderation.ts';
import { responsesReader } from './read-responses.ts';

type Shape = Pick<Operation, 'kind' | 'operation' | 'reader' | 'isFree' | 'isRetrieval'>;

const POSTS: Readonly<Record<string, Shape>> = {
  'chat/completions': { kind: 'llm', operation: 'chat', reader: chatReader },
  completions: { kind: 'llm', operation: 'completions', reader: chatReader },
  embeddings: { kind: 'embedding', operation: 'embeddings', reader: embeddingsReader },
  responses: { kind: 'llm', operation: 'responses', reader: responsesReader },
  moderations: { kind: 'moderation', operation: 'moderations', reader: moderationReader, isFree: true },
};
const RETRIEVED_RESPONSE: Shape = { kind: 'llm', operation: 'responses', reader: responsesReader, isRetrieval: true };

const DEPLOYMENT = /\/openai\/deployments\/([^/]+)\//;
const RESPONSE_BY_ID = /\/responses\/resp_[^/]+(?:\/cancel)?$/;
const POST_PATH = /\/(chat\/completions|completions|embeddings|responses|moderations)$/;
/** Where clients of OpenAI-compatible servers look by habit. */
const HABITUAL_PATH =
  /\/(?:v\d\w*|openai\/deployments\/[^/]+)\/(?:chat\/completions|completions|embeddings|responses|moderations|responses\/resp_[^/]+(?:\/cancel)?)$/;

/** OpenAI, Azure, and every host that speaks their form. */
export const openAi: Provider = {
  findOperation: (request, kind) => operationAt(request, kind),
  guessOperation(request) {
    if (!HABITUAL_PATH.test(request.path)) return undefined;
    return operationAt(request, DEPLOYMENT.test(request.path) ? 'azure' : 'openai');
  },
};

function operationAt(request: WireRequest, provider: string): Operation | undefined {
  const shape = shapeAt(request);
  if (!shape) return undefined;
  const deployment = DEPLOYMENT.exec(request.path)?.[1];
  return { ...shape, provider, ...(deployment === undefined ? {} : { pathModel: decodeURIComponent(deployment) }) };
}

function shapeAt({ method, path }: WireRequest): Shape | undefined {
  if (RESPONSE_BY_ID.test(path)) return method === 'GET' || method === 'POST' ? RETRIEVED_RESPONSE : undefined;
  const name = method === 'POST' ? POST_PATH.exec(path)?.[1] : undefined;
  return name === undefined ? undefined : POSTS[name];
}
