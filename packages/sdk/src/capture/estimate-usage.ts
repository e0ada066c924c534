import { isJsonRecord, type Usage } from '@llmobserve/protocol';
import { parseJson, type RequestView } from '../providers/index.ts';
import { readPrompt } from './read-prompt.ts';
import { TextMeter } from './text-meter.ts';

/** Works out the tokens of a prompt from the request's own words. */
export function estimateInput(request: RequestView): number | undefined {
  if (request.totalBytes === 0) return undefined;
  const body = request.isWhole ? parseJson(request.text) : undefined;
  const meter = new TextMeter();
  if (!isJsonRecord(body)) {
    meter.add(request.text);
    // What was kept stands for the whole.
    return Math.max(1, Math.round((meter.tokens * request.totalBytes) / Math.max(request.text.length, 1)));
  }
  const prompt = readPrompt(body);
  for (const text of prompt.texts) meter.add(text);
  return Math.max(1, meter.tokens + prompt.extraTokens);
}

/** Joins both halves of an estimate; nothing known is no usage. */
export function estimatedUsage(input: number | undefined, output: number): Usage | undefined {
  if (input === undefined && output === 0) return undefined;
  return { ...(input === undefined ? {} : { input }), ...(output > 0 ? { output } : {}) };
}
