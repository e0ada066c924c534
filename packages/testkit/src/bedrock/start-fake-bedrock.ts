import { jsonAnswer, startFakeProvider, withHeaders } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest, UsageOptions } from '../providers/index.ts';
import { answerConverse, streamConverse, type ConverseTold } from './answer-converse.ts';
import { answerInvoke, streamInvoke } from './answer-invoke.ts';
import { planUsage, type BedrockUsage } from './plan-usage.ts';
import { refuse } from './refuse.ts';

export type FakeBedrockOptions = FakeProviderOptions &
  UsageOptions<BedrockUsage> & {
    /** The tier that serves; not told without it. */
    readonly tier?: string;
  };

const PATH = /^\/model\/([^/]+)\/([a-z-]+)$/;

/**
 * Starts a Bedrock of the test's own: converse and invoke with their binary streams; tokens are words.
 *
 * @example
 * const fake = await startFakeBedrock();
 * const bedrock = new BedrockRuntimeClient({ endpoint: fake.url, region: 'us-east-1', requestHandler: new NodeHttpHandler() });
 */
export function startFakeBedrock(options: FakeBedrockOptions = {}): Promise<FakeProvider> {
  let answers = 0;
  const answer = ({ headers, method, path, members }: ReadRequest): Answer => {
    if (!headers.authorization) return refuse(403);
    const [, name, verb] = PATH.exec(path) ?? [];
    if (method !== 'POST' || name === undefined) return refuse(404);
    const planned = planUsage(members);
    const usage = options.planUsage?.(planned) ?? planned;
    const told: ConverseTold = { usage, omitsUsage: options.omitsUsage ?? false, tier: options.tier };
    const ask = { model: decodeURIComponent(name), members };
    if (verb === 'converse') return answerConverse(members, told);
    if (verb === 'converse-stream') return streamConverse(members, told);
    if (verb === 'invoke') return answerInvoke(ask, told);
    if (verb === 'invoke-with-response-stream') return streamInvoke(ask, told);
    return verb === 'count-tokens' ? jsonAnswer(200, { inputTokens: usage.input }) : refuse(404);
  };
  const head = (): Readonly<Record<string, string>> => {
    answers += 1;
    const tier = options.tier === undefined ? {} : { 'x-amzn-bedrock-service-tier': options.tier };
    return { 'x-amzn-requestid': `req-fake-${answers}`, ...tier };
  };
  return startFakeProvider({ answer: (request) => withHeaders(answer(request), head()), refuse }, options);
}
