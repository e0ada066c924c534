import type { JsonRecord } from '@llmobserve/protocol';
import { createBoundedMap, jsonAnswer, startFakeProvider, textOf, withHeaders } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, ReadRequest, UsageOptions } from '../providers/index.ts';
import { answerCompletion } from './answer-completion.ts';
import { answerMessage, writeMessage, type Told } from './answer-message.ts';
import { createMessageBatches } from './message-batches.ts';
import { countInput, planUsage, type MessageUsage, type PromptCache } from './plan-usage.ts';
import { refuse } from './refuse.ts';

export type FakeAnthropicOptions = FakeProviderOptions &
  UsageOptions<MessageUsage> & {
    /** The tier that serves; without it what was asked for, save `auto`. */
    readonly tier?: string;
    /** How often a batch is looked at before it has ended; 1 without it. */
    readonly looksUntilEnded?: number;
  };

/**
 * Starts an Anthropic of the test's own: messages, their streams and batches, token counts; tokens are words.
 *
 * @example
 * const fake = await startFakeAnthropic();
 * const anthropic = new Anthropic({ apiKey: 'sk-ant-fake', baseURL: fake.url });
 */
export function startFakeAnthropic(options: FakeAnthropicOptions = {}): Promise<FakeProvider> {
  const cache: PromptCache = createBoundedMap();
  let answers = 0;
  const nextId = (prefix: string): string => {
    answers += 1;
    return `${prefix}_fake${answers}`;
  };
  const tell = (members: JsonRecord, tier: string): Told => {
    const planned = planUsage(members, cache);
    const usage = options.planUsage?.(planned) ?? planned;
    return { usage, omitsUsage: options.omitsUsage ?? false, identity: { id: nextId('msg'), tier: options.tier ?? tier } };
  };
  const answerBatch = createMessageBatches({
    looksUntilEnded: options.looksUntilEnded ?? 1,
    writeMessage: (members) => writeMessage(members, tell(members, 'batch')),
  });
  const answer = (request: ReadRequest): Answer => {
    const { headers, method, path, members } = request;
    if (!headers['x-api-key'] && !headers.authorization) return refuse(401);
    if (/\/messages\/batches(\/|$)/.test(path)) return answerBatch(request);
    if (path.endsWith('/messages/count_tokens')) return jsonAnswer(200, { input_tokens: countInput(members) });
    if (path.endsWith('/complete')) return answerCompletion(members, nextId('compl'));
    // At Vertex AI the path names the model.
    const model = textOf(members['model']) ?? /\/models\/([^/:]+):/.exec(path)?.[1];
    const isMessage = path.endsWith('/messages') || /:(?:streamR|r)awPredict$/.test(path);
    if (method !== 'POST' || !isMessage) return refuse(404);
    return answerMessage({ ...members, model: model?.replace('@', '-') }, tell(members, 'standard'));
  };
  return startFakeProvider({ answer: (request) => withHeaders(answer(request), { 'request-id': 'req_fake' }), refuse }, options);
}
