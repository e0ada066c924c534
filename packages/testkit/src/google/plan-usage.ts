import type { JsonRecord } from '@llmobserve/protocol';
import { countTexts, hashOf, listOf, numberOf, planOutput, recordOf, textOf } from '../providers/index.ts';

/** The tokens of one answer, in Gemini's own counting: the prompt includes what was cached, the candidates not the thoughts. */
export type GeminiUsage = {
  readonly prompt: number;
  readonly cached: number;
  readonly promptAudio: number;
  readonly promptImage: number;
  readonly toolUse: number;
  readonly candidates: number;
  readonly candidatesImage: number;
  readonly candidatesAudio: number;
  readonly thoughts: number;
};

const TOKENS_PER_IMAGE = 258;
const TOKENS_PER_AUDIO = 64;
const TOKENS_PER_MADE_IMAGE = 1290;
const THOUGHTS = 40;

/** Decides an answer's tokens from its request alone: one per word in, the asked limit (else 8 to 40 by hash) out. */
export function planUsage(model: string, members: JsonRecord): GeminiUsage {
  const config = recordOf(members['generationConfig']);
  const words = countContents([members['systemInstruction'], ...listOf(members['contents'])]);
  const promptImage = countParts(members, 'image/') * TOKENS_PER_IMAGE;
  const promptAudio = countParts(members, 'audio/') * TOKENS_PER_AUDIO;
  const makes = listOf(config['responseModalities']);
  const prompt = words + promptImage + promptAudio;
  const isThinking = /2\.5-(pro|flash$)|-3/.test(model) && recordOf(config['thinkingConfig'])['thinkingBudget'] !== 0;
  const text = planOutput(hashOf(JSON.stringify(members)), numberOf(config['maxOutputTokens']));
  const candidatesImage = makes.includes('IMAGE') ? TOKENS_PER_MADE_IMAGE : 0;
  const candidatesAudio = makes.includes('AUDIO') ? text : 0;
  return {
    prompt,
    cached: 'cachedContent' in members ? Math.floor(prompt / 2) : 0,
    promptAudio,
    promptImage,
    toolUse: listOf(members['tools']).some((tool) => 'codeExecution' in recordOf(tool)) ? 30 : 0,
    candidates: candidatesAudio > 0 ? text : text + candidatesImage,
    candidatesImage,
    candidatesAudio,
    thoughts: isThinking ? THOUGHTS : 0,
  };
}

/** Words of contents: those of their parts' texts. */
export function countContents(contents: readonly unknown[]): number {
  const parts = contents.flatMap((content) => (typeof content === 'string' ? [{ text: content }] : listOf(recordOf(content)['parts'])));
  return countTexts(parts.map((part) => recordOf(part)['text']));
}

function countParts(members: JsonRecord, mimeType: string): number {
  const parts = listOf(members['contents']).flatMap((content) => listOf(recordOf(content)['parts']));
  return parts.filter((part) => textOf(recordOf(recordOf(part)['inlineData'])['mimeType'])?.startsWith(mimeType)).length;
}
