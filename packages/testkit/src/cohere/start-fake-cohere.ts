import { createTellUsage, jsonAnswer, startFakeProvider } from '../providers/index.ts';
import type { Answer, FakeProvider, FakeProviderOptions, TellingOptions } from '../providers/index.ts';
import { answerChat, answerOldChat } from './answer-chat.ts';
import { answerUnits } from './answer-units.ts';

export type FakeCohereOptions = FakeProviderOptions & TellingOptions;

/**
 * Starts a Cohere of the test's own: chat in both versions and their streams, embed, rerank, classify; tokens are words.
 *
 * @example
 * const fake = await startFakeCohere();
 * const cohere = new CohereClient({ token: 'fake', environment: fake.url });
 */
export function startFakeCohere(options: FakeCohereOptions = {}): Promise<FakeProvider> {
  const tell = createTellUsage(options);
  return startFakeProvider(
    {
      refuse,
      answer: ({ method, path, headers, members }) => {
        if (!headers.authorization) return refuse(401);
        const [, version, call = ''] = /\/(v[12])\/([a-z]+)$/.exec(path) ?? [];
        if (method !== 'POST') return refuse(404);
        if (call === 'chat') return version === 'v2' ? answerChat(members, tell) : answerOldChat(members, tell);
        return answerUnits(call, members, tell) ?? refuse(404);
      },
    },
    options,
  );
}

function refuse(status: number): Answer {
  return jsonAnswer(status, { message: `The fake Cohere answers ${status}.` });
}
