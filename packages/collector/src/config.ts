import { isApiKey, type ApiKey } from '@llmobserve/protocol';
import { resolve } from 'node:path';

import { StartError } from './failures.ts';

const DEFAULT_PORT = 8787;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_DATA_DIR = './.llmobserve';
const MAX_PORT = 65_535;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where the ledger is kept: a PostgreSQL server, or an embedded database in a directory. */
export type StoreConfig = { readonly engine: 'postgres'; readonly url: string } | { readonly engine: 'embedded'; readonly dataDir: string };

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly store: StoreConfig;
  /** Where people reach the collector from outside, such as `https://costs.example.com`; decides origin and cookies. */
  readonly publicUrl: string | undefined;
  /** Each installs a workspace of its own. */
  readonly bootstrapKeys: readonly ApiKey[];
  /** Bearer token that `/metrics` asks for; absent: open. */
  readonly metricsToken: string | undefined;
  /** True when the first line on stdout carries a link that signs in once. */
  readonly hasSignInLink: boolean;
  readonly logLevel: LogLevel;
};

export type Env = { readonly [name: string]: string | undefined };

/**
 * Reads every setting of the collector from the environment.
 *
 * @throws {StartError} that names every problem at once.
 */
export function readConfig(env: Env): Config {
  const problems: string[] = [];
  const config: Config = {
    port: readPort(env, problems),
    host: textOf(env, 'HOST') ?? DEFAULT_HOST,
    store: readStore(env, problems),
    publicUrl: readPublicUrl(env, problems),
    bootstrapKeys: readBootstrapKeys(env, problems),
    metricsToken: textOf(env, 'LLMOBSERVE_METRICS_TOKEN'),
    hasSignInLink: readFlag(env, 'LLMOBSERVE_SIGN_IN_LINK', problems),
    logLevel: readLogLevel(env, problems),
  };
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return Object.freeze(config);
}

/** An empty variable is an absent one: that is how shells and compose files unset. */
function textOf(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

function readPort(env: Env, problems: string[]): number {
  const text = textOf(env, 'PORT');
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= MAX_PORT) return port;
  problems.push(`PORT is "${text}": set it to a whole number from 0 to ${MAX_PORT} (0 takes any free port).`);
  return DEFAULT_PORT;
}

function readStore(env: Env, problems: string[]): StoreConfig {
  const url = textOf(env, 'DATABASE_URL');
  if (url === undefined) return { engine: 'embedded', dataDir: resolve(textOf(env, 'LLMOBSERVE_DATA_DIR') ?? DEFAULT_DATA_DIR) };
  // The value is not shown: it holds a password.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    problems.push(
      'DATABASE_URL is not a PostgreSQL URL: set it to postgres://user:password@host:5432/database, or unset it for the embedded database.',
    );
  }
  return { engine: 'postgres', url };
}

function readPublicUrl(env: Env, problems: string[]): string | undefined {
  const url = textOf(env, 'LLMOBSERVE_PUBLIC_URL');
  if (url !== undefined && !(/^https?:\/\//.test(url) && URL.canParse(url))) {
    problems.push(`LLMOBSERVE_PUBLIC_URL is "${url}": set it to the address in people's browsers, such as https://costs.example.com.`);
  }
  return url;
}

function readBootstrapKeys(env: Env, problems: string[]): readonly ApiKey[] {
  const text = textOf(env, 'LLMOBSERVE_BOOTSTRAP_KEY');
  if (text === undefined) return [];
  const keys: ApiKey[] = [];
  for (const [index, part] of text.split(',').entries()) {
    const key = part.trim();
    const place = `Key ${index + 1} of LLMOBSERVE_BOOTSTRAP_KEY`;
    if (!isApiKey(key)) {
      problems.push(`${place} is malformed: a key is llmo_sk_, 32 letters or digits and 6 of checksum; several are separated by commas.`);
    } else if (keys.includes(key)) problems.push(`${place} is there twice: each key installs a workspace of its own, so leave one out.`);
    else keys.push(key);
  }
  return keys;
}

function readFlag(env: Env, name: string, problems: string[]): boolean {
  const text = textOf(env, name)?.toLowerCase();
  if (text === undefined || text === '0' || text === 'false') return false;
  if (text !== '1' && text !== 'true') problems.push(`${name} is "${text}": set it to 1 or 0.`);
  return true;
}

function readLogLevel(env: Env, problems: string[]): LogLevel {
  const text = textOf(env, 'LOG_LEVEL');
  if (text === undefined) return 'info';
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) problems.push(`LOG_LEVEL is "${text}": set it to one of ${LOG_LEVELS.join(', ')}.`);
  return level ?? 'info';
}
