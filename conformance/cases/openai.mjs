import { answerCases } from './openai/answers.mjs';
import { hardshipCases } from './openai/hardships.mjs';
import { hostCases } from './openai/hosts.mjs';
import { mediaCases } from './openai/media.mjs';
import { otherCases } from './openai/others.mjs';
import { streamCases } from './openai/streams.mjs';

export const modules = ['openai'];
export const providers = ['openai', 'groq'];
export const named = ['groq'];
export const usual = { provider: 'openai', kind: 'llm', operation: 'chat', model: 'gpt-4o-2024-08-06', usage: { input: 6, output: 20 } };

export function connect(loaded) {
  const { openai: module } = loaded;
  const OpenAI = module.default ?? module;
  const urls = JSON.parse(process.env.URLS);
  const options = { apiKey: 'sk-fake', maxRetries: 1 };
  return {
    openai: new OpenAI({ ...options, baseURL: `${urls.openai}/v1` }),
    azure: new module.AzureOpenAI({ ...options, endpoint: urls.openai, apiVersion: '2024-10-21' }),
    gateway: new OpenAI({ ...options, baseURL: `${urls.groq}/v1` }),
    toFile: module.toFile,
  };
}

export const cases = { ...answerCases, ...streamCases, ...hardshipCases, ...otherCases, ...mediaCases, ...hostCases };
