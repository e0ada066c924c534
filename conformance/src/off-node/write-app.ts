import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadyProgram } from '../create-project.ts';

/** The ways in which a program off Node comes to be captured. */
export const WAYS = ['init first', 'observe', 'register', 'CommonJS'] as const;
export type Way = (typeof WAYS)[number];

/** As a customer with gateways of its own would. */
export const INIT = 'init({ providers: JSON.parse(process.env.PROVIDERS) });';

export type AppAsk = {
  readonly folder: string;
  readonly family: string;
  readonly modules: readonly string[];
  readonly way: Way;
  readonly hasSdk: boolean;
  /** How the runtime is told to load the SDK before the program. */
  readonly preload: readonly string[];
};

/** Writes a program for Bun or Deno; without the SDK it is the same program less the lines that name it. */
export function writeApp({ folder, family, modules, way, hasSdk, preload }: AppAsk): Pick<ReadyProgram, 'file' | 'flags'> {
  const isCommon = way === 'CommonJS';
  const file = isCommon ? 'app.cjs' : 'app.mjs';
  const load = modules.map((name) => `'${name}': ${isCommon ? `require('${name}')` : `await import('${name}')`}`).join(', ');
  const sdk = isCommon ? `require('llmobserve')` : `await import('llmobserve')`;
  const connect = [`const modules = { ${load} };`, 'const clients = family.connect(modules);'];
  const lines = [
    `const { runCases } = await import('./run-cases.mjs');`,
    `const family = await import('./${family}.mjs');`,
    ...(hasSdk ? withSdk({ way, family }, sdk, connect) : connect),
    `await runCases(family, clients${hasSdk ? ', withCustomer' : ''});`,
  ];
  writeFileSync(join(folder, file), isCommon ? `(async () => {\n${lines.join('\n')}\n})();\n` : `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'register.mjs'), `import 'llmobserve/register';\n`);
  return { file, flags: hasSdk && way === 'register' ? preload : [] };
}

function withSdk({ way, family }: Pick<AppAsk, 'way' | 'family'>, sdk: string, connect: readonly string[]): readonly string[] {
  if (way === 'register') return [...connect, `const { init, withCustomer } = ${sdk};`, `if (process.env.PROVIDERS !== '{}') ${INIT}`];
  if (way !== 'observe') return [`const { init, withCustomer } = ${sdk};`, INIT, ...connect];
  return [
    ...connect,
    `const { init, observe, withCustomer } = ${sdk};`,
    INIT,
    `for (const client of Object.values(clients)) if (Object.hasOwn(client, 'fetch') || client === clients.${family}) observe(client);`,
  ];
}
