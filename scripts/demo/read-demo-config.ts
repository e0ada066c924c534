import { isApiKey } from '@llmobserve/protocol';
import { resolve } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

/** Settings of the demo; whatever else the collector reads is passed on to it. */
export type DemoConfig = {
  readonly dataDir: string;
  /** The key that was given; absent: one is made and kept in the data directory. */
  readonly apiKey: string | undefined;
  /** What the client needs to call OpenAI itself; absent: the local fake is called. */
  readonly liveOpenAi: Env | undefined;
};

/** What keeps the demo from starting, in a sentence that says what to do. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

/**
 * Reads what the demo is to do.
 *
 * @throws {DemoError} when it cannot be done.
 */
export function readDemoConfig(env: Env, args: readonly string[]): DemoConfig {
  const unknown = args.find((arg) => arg !== '--live');
  if (unknown !== undefined) throw new DemoError(`The demo knows no "${unknown}": run \`npm run demo\` or \`npm run demo -- --live\`.`);
  return {
    dataDir: resolve(textOf(env, 'LLMOBSERVE_DATA_DIR') ?? './.llmobserve'),
    apiKey: readKey(textOf(env, 'LLMOBSERVE_BOOTSTRAP_KEY')),
    liveOpenAi: args.includes('--live') ? readOpenAi(env) : undefined,
  };
}

/** Of several keys the demo sends with the first. */
function readKey(text: string | undefined): string | undefined {
  const key = text?.split(',')[0]?.trim();
  if (key === undefined || isApiKey(key)) return key;
  throw new DemoError('LLMOBSERVE_BOOTSTRAP_KEY holds no key of the form llmo_sk_…: unset it, and the demo makes one.');
}

/** The client reads these by itself; nothing else of the environment reaches the app. */
function readOpenAi(env: Env): Env {
  if (textOf(env, 'OPENAI_API_KEY') !== undefined)
    return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('OPENAI_')));
  throw new DemoError('--live calls OpenAI itself and needs OPENAI_API_KEY: set it, or leave --live out to use the local fakes.');
}

function textOf(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}
