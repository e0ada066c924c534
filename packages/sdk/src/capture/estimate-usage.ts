import { isJsonRecord, type Usage } from '@llmobserve/protocol';
import { parseJson, type RequestView } from '../providers/index.ts';
import { countTokens, type FindTokenizer } from './count-tokens.ts';
import { readPrompt } from './read-prompt.ts';

/** Works out the tokens of a prompt from the request's own words. */
export function estimateInput(request: RequestView, findTokenizer: FindTokenizer | undefined): number | undefined {
  if (request.totalBytes === 0) return undefined;
  const body = request.isWhole ? parseJson(request.text) : undefined;
  if (!isJsonRecord(body)) {
    // What was kept stands for the whole.
    return Math.max(1, Math.round((countTokens([request.text], findTokenizer) * request.totalBytes) / Math.max(request.text.length, 1)));
  }
  const prompt = readPrompt(body);
  return Math.max(1, countTokens(prompt.texts, findTokenizer) + prompt.extraTokens);
}

/** Joins both halves of an estimate; nothing known is no usage. */
export function estimatedUsage(input: number | undefined, output: number): Usage | undefined {
  if (input === undefined && output === 0) return undefined;
  return { ...(input === undefined ? {} : { input }), ...(output > 0 ? { output } : {}) };
}
