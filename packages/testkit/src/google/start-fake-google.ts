import type { JsonRecord } from '@llmobserve/protocol';
import { jsonAnswer, listOf, recordOf, startFakeProvider, withHeaders } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest, UsageOptions } from '../providers/index.ts';
import { answerContent, type ContentTold } from './answer-content.ts';
import { answerEmbedding, answerPrediction } from './answer-embeddings.ts';
import { countContents, planUsage, type GeminiUsage } from './plan-usage.ts';
import { refuse } from './refuse.ts';

export type FakeGoogleOptions = FakeProviderOptions &
  UsageOptions<GeminiUsage> & {
    /** The tier or kind of traffic, as the usage tells it: `{ serviceTier: 'flex' }`, `{ trafficType: 'ON_DEMAND' }`. */
    readonly terms?: JsonRecord;
    /** Tells the tier in the header alone. */
    readonly tierHeader?: string;
  };

const PATH = /\/models\/([^/:]+):(\w+)$/;

/**
 * Starts a Google of the test's own: Gemini and Vertex AI, whole answers and both forms of streams; tokens are words.
 *
 * @example
 * const fake = await startFakeGoogle();
 * const ai = new GoogleGenAI({ apiKey: 'fake', httpOptions: { baseUrl: fake.url } });
 */
export function startFakeGoogle(options: FakeGoogleOptions = {}): Promise<FakeProvider> {
  let answers = 0;
  const tell = (model: string, members: JsonRecord): ContentTold => {
    answers += 1;
    const planned = planUsage(model, members);
    const usage = options.planUsage?.(planned) ?? planned;
    return { usage, omitsUsage: options.omitsUsage ?? false, responseId: `resp-fake-${answers}`, terms: options.terms ?? {} };
  };
  const answer = (request: ReadRequest): Answer => {
    const { headers, method, path, query, members } = request;
    if (!headers['x-goog-api-key'] && !headers.authorization && !query.has('key')) return refuse(401);
    const [, name = '', verb = ''] = PATH.exec(path) ?? [];
    if (method !== 'POST' || verb === '') return refuse(404);
    const model = decodeURIComponent(name);
    if (verb === 'generateContent') return answerContent({ model, members, form: 'whole' }, tell(model, members));
    if (verb === 'streamGenerateContent') {
      return answerContent({ model, members, form: query.get('alt') === 'sse' ? 'events' : 'array' }, tell(model, members));
    }
    if (verb === 'countTokens') return countTokens(members);
    if (verb === 'predict') return answerPrediction(model, members);
    return verb.toLowerCase().includes('embedcontent') ? answerEmbedding(verb, members) : refuse(404);
  };
  const head: Readonly<Record<string, string>> = options.tierHeader === undefined ? {} : { 'x-gemini-service-tier': options.tierHeader };
  return startFakeProvider({ answer: (request) => withHeaders(answer(request), head), refuse }, options);
}

function countTokens(members: JsonRecord): Answer {
  const contents = members['contents'] ?? recordOf(members['generateContentRequest'])['contents'];
  return jsonAnswer(200, { totalTokens: countContents(listOf(contents)) });
}
