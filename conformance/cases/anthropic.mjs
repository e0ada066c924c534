import { hardshipCases } from './anthropic/hardships.mjs';
import { messageCases } from './anthropic/messages.mjs';
import { otherCases } from './anthropic/others.mjs';
import { streamCases } from './anthropic/streams.mjs';

export const modules = ['@anthropic-ai/sdk'];
export const providers = ['anthropic'];
export const usual = {
  provider: 'anthropic',
  kind: 'llm',
  operation: 'chat',
  model: 'claude-sonnet-4-5-20250929',
  usage: { input: 6, output: 8 },
};

export function connect(loaded) {
  const { Anthropic } = loaded['@anthropic-ai/sdk'];
  const { anthropic: baseURL } = JSON.parse(process.env.URLS);
  return { anthropic: new Anthropic({ apiKey: 'sk-ant-fake', baseURL, maxRetries: 1 }) };
}

export const cases = { ...messageCases, ...streamCases, ...hardshipCases, ...otherCases };
