import { answerCases } from './openai/answers.mjs';
import { hardshipCases } from './openai/hardships.mjs';
import { otherCases } from './openai/others.mjs';
import { streamCases } from './openai/streams.mjs';

export const modules = ['openai'];
export const providers = ['openai'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const OpenAI = loaded.openai.default ?? loaded.openai;
  const { openai: url } = JSON.parse(process.env.URLS);
  return { OpenAI, url, openai: new OpenAI({ apiKey: 'sk-fake', baseURL: `${url}/v1`, maxRetries: 1 }) };
}

export const cases = { ...answerCases, ...streamCases, ...hardshipCases, ...otherCases };
