import { startFakeOpenAi, startFakePinecone, type FakeProvider, type TokenAsk, type TokenPlan } from '@llmobserve/testkit';
import type { Env } from './read-demo-config.ts';

/** Enough to look at, little enough for a demo that runs for days. */
const MAX_KEPT_REQUESTS = 10;
/** The demo's questions are short; these make them as long as those of a real product. */
const INPUT_FACTOR = 40;
const OUTPUT_FACTOR = 12;
/** A tenth of what a model takes, so that times are something to look at and the first burst is over soon. */
const QUIRK = { delayMs: 40, pauseMs: 5 };

export type Providers = {
  /** What the app's clients need to find the providers. */
  readonly env: Env;
  /** Lets the next call be refused once, so that its client tries again. */
  stumble(): void;
  close(): Promise<void>;
};

/** Starts the local fakes; OpenAI's only when OpenAI itself is not called. */
export async function startProviders(liveOpenAi: Env | undefined): Promise<Providers> {
  const pinecone = await startFakePinecone({ indexNames: ['docs'], maxRequests: MAX_KEPT_REQUESTS });
  const pineconeEnv = { PINECONE_API_KEY: 'pc-demo', PINECONE_CONTROLLER_HOST: pinecone.url };
  if (liveOpenAi !== undefined) {
    return { env: { ...pineconeEnv, ...liveOpenAi }, stumble: () => {}, close: () => pinecone.close() };
  }
  const openai = await startDemoOpenAi();
  return {
    env: { ...pineconeEnv, OPENAI_API_KEY: 'sk-demo', OPENAI_BASE_URL: `${openai.url}/v1` },
    stumble: () => openai.bendNext({ status: 429, retryAfterMs: 50 }),
    close: async () => void (await Promise.all([openai.close(), pinecone.close()])),
  };
}

function startDemoOpenAi(): Promise<FakeProvider> {
  // Another seed at every start, so that no answer's id comes twice in a ledger that is kept.
  const seed = Math.trunc(Date.now() / 1000);
  return startFakeOpenAi({ seed, maxRequests: MAX_KEPT_REQUESTS, planTokens: enlarge, quirk: QUIRK });
}

/** Long prompts are half cached, as OpenAI does from 1024 tokens on. */
export function enlarge(_ask: TokenAsk, plan: TokenPlan): TokenPlan {
  const input = plan.input * INPUT_FACTOR;
  return {
    ...plan,
    input,
    cachedInput: input >= 1024 ? Math.floor(input / 2 / 128) * 128 : 0,
    output: plan.reasoning + (plan.output - plan.reasoning) * OUTPUT_FACTOR,
  };
}
