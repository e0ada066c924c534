import { planOutput } from '../providers/index.ts';

/** What a request tells about the tokens it will use. */
export type TokenAsk = {
  readonly model: string;
  /** Words of everything that was sent: messages, instructions, tool answers. */
  readonly inputWords: number;
  readonly audioParts: number;
  readonly wantsAudio: boolean;
  readonly outputLimit: number | undefined;
  readonly effort: string | undefined;
  /** Of the request's body. */
  readonly hash: number;
};

/** Token counts the way OpenAI reports them: `input` and `output` include their parts. */
export type TokenPlan = {
  readonly input: number;
  readonly cachedInput: number;
  readonly audioInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
};

/** OpenAI caches prompts from 1024 tokens in steps of 128. */
const MIN_CACHED_PROMPT = 1024;
const CACHE_STEP = 128;
const AUDIO_TOKENS_PER_PART = 50;
const REASONING_BY_EFFORT: Readonly<Record<string, number>> = { none: 0, minimal: 0, low: 64, medium: 128, high: 256, xhigh: 512 };

/**
 * Decides a call's tokens from its request alone: one per word in, the asked limit (else 8 to 40 by hash) out,
 * half of a long prompt cached, reasoning by effort for models that reason.
 */
export function planTokens(ask: TokenAsk): TokenPlan {
  const input = ask.inputWords + ask.audioParts * AUDIO_TOKENS_PER_PART;
  const cachedInput = ask.inputWords >= MIN_CACHED_PROMPT ? Math.floor(ask.inputWords / 2 / CACHE_STEP) * CACHE_STEP : 0;
  const wantedReasoning = reasons(ask.model) ? (REASONING_BY_EFFORT[ask.effort ?? 'medium'] ?? 0) : 0;
  const output = ask.outputLimit ?? wantedReasoning + planOutput(ask.hash);
  const reasoning = Math.min(wantedReasoning, Math.max(0, output - 1));
  const audioOutput = ask.wantsAudio ? Math.floor((output - reasoning) / 2) : 0;
  return { input, cachedInput, audioInput: ask.audioParts * AUDIO_TOKENS_PER_PART, output, reasoning, audioOutput };
}

function reasons(model: string): boolean {
  return /^(o\d|gpt-5)/.test(model) && !model.includes('chat');
}
