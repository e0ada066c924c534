import type { Usage } from '@llmobserve/protocol';

/** What the probes’ answers say was used. */
export const EXPECTED_USAGE: Readonly<Record<string, Usage>> = { pinecone: { readUnits: 5 } };
export const EXPECTED_TOKENS: Usage = { input: 11, output: 3 };

const OPENAI_USAGE = { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 };

type Answer = (url: string) => object;

/** What a provider answers, by the end of the path that was asked for. */
const ANSWERS: readonly (readonly [path: RegExp, answer: Answer])[] = [
  [
    /\/chat\/completions$/,
    () => ({
      id: 'chatcmpl-doctor',
      object: 'chat.completion',
      created: 1_790_000_000,
      model: 'gpt-4o-mini-2024-07-18',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Well.' }, finish_reason: 'stop' }],
      usage: OPENAI_USAGE,
    }),
  ],
  [
    /\/messages$/,
    () => ({
      id: 'msg_doctor',
      type: 'message',
      role: 'assistant',
      model: 'claude-haiku-4-5-20251001',
      content: [{ type: 'text', text: 'Well.' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 11, output_tokens: 3 },
    }),
  ],
  [
    /:generateContent$/,
    () => ({
      candidates: [{ index: 0, content: { role: 'model', parts: [{ text: 'Well.' }] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 3, totalTokenCount: 14 },
      modelVersion: 'gemini-2.5-flash',
      responseId: 'doctor',
    }),
  ],
  [
    /\/v2\/chat$/,
    () => ({
      id: 'doctor',
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text: 'Well.' }] },
      usage: { billed_units: { input_tokens: 11, output_tokens: 3 }, tokens: { input_tokens: 11, output_tokens: 3 } },
    }),
  ],
  [
    /\/indexes\/[^/]+$/,
    (url) => ({
      name: 'doctor',
      dimension: 2,
      metric: 'cosine',
      host: url,
      vector_type: 'dense',
      deletion_protection: 'disabled',
      spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
      status: { ready: true, state: 'Ready' },
    }),
  ],
  [/\/query$/, () => ({ matches: [], namespace: '', usage: { readUnits: 5 } })],
];

/** Gives the answer to a path, as the provider would; undefined where it would know none. */
export function fakeAnswer(path: string, url: string): object | undefined {
  return ANSWERS.find(([pattern]) => pattern.test(path))?.[1](url);
}
