import { writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { INIT } from './write-app.ts';

/** The ways in which a worker comes to be captured; the last one on a runtime that offers no `waitUntil` to import. */
export const WORKER_WAYS = ['init first', 'observe', 'in the handler', 'own waitUntil'] as const;
export type WorkerWay = (typeof WORKER_WAYS)[number];

export type WorkerAsk = {
  readonly folder: string;
  readonly family: string;
  readonly modules: readonly string[];
  readonly way: WorkerWay;
  readonly hasSdk: boolean;
};

/** Writes and bundles a worker that does the case its path names: the path of the bundle. */
export async function writeWorker({ folder, family, modules, way, hasSdk }: WorkerAsk): Promise<string> {
  const entry = join(folder, 'worker.mjs');
  const isInHandler = way === 'in the handler';
  const connect = 'family.connect(modules)';
  const lines = [
    `import { doCase } from './do-case.mjs';`,
    `import * as family from './${family}.mjs';`,
    ...modules.map((name, index) => `import * as module${index} from '${name}';`),
    hasSdk
      ? `import { flush, init, observe, stats, withCustomer } from 'llmobserve';`
      : 'const [init, withCustomer] = [() => {}, (_, work) => work()];',
    `const modules = { ${modules.map((name, index) => `'${name}': module${index}`).join(', ')} };`,
    ...(way === 'own waitUntil' ? ['process.getBuiltinModule = undefined;'] : []),
    ...(isInHandler ? [] : atStart({ way, family, hasSdk }, connect)),
    'export default {',
    '  async fetch(request, env, context) {',
    `    const name = decodeURIComponent(new URL(request.url).pathname.slice(1));`,
    ...(hasSdk
      ? [
          `    if (name === '!stats') return Response.json(stats());`,
          `    if (name === '!flush') return new Response(String(await flush()));`,
        ]
      : []),
    ...(isInHandler ? [`    ${INIT}`, `    const clients = ${connect};`] : []),
    '    const result = await doCase(family.cases[name], clients, { name, withCustomer });',
    ...(hasSdk && way === 'own waitUntil' ? ['    context.waitUntil(flush());'] : []),
    '    return new Response(result);',
    '  },',
    '};',
  ];
  writeFileSync(entry, `${lines.join('\n')}\n`);
  return bundleWorker(entry, join(folder, 'bundle', 'worker.mjs'));
}

function atStart({ way, family, hasSdk }: Pick<WorkerAsk, 'way' | 'family' | 'hasSdk'>, connect: string): readonly string[] {
  if (way !== 'observe' || !hasSdk) return [INIT, `const clients = ${connect};`];
  return [
    `const clients = ${connect};`,
    INIT,
    `for (const client of Object.values(clients)) if (Object.hasOwn(client, 'fetch') || client === clients.${family}) observe(client);`,
  ];
}

/** As Cloudflare's own bundler does it: its conditions, and modules of Node asked of the runtime. */
async function bundleWorker(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [nodeModules],
    logLevel: 'error',
  });
  return outfile;
}

const nodeModules: Plugin = {
  name: 'node-modules',
  setup(bundler) {
    const names = new Set(builtinModules);
    bundler.onResolve({ filter: /^(?:node:)?[\w/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      if (!names.has(name)) return undefined;
      return kind === 'require-call' ? { path: name, namespace: 'node-module' } : { path: `node:${name}`, external: true };
    });
    bundler.onLoad({ filter: /.*/, namespace: 'node-module' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};
