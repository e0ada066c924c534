/** The ways in which a program comes to have a client and the SDK. */
export const LOAD_ORDERS = [
  'esm',
  'init first',
  'client first',
  'dynamic import',
  'cjs',
  '--import register',
  '--require register',
  'esm bundle',
  'cjs bundle',
  'two copies',
  'worker',
  'fork',
] as const;
export type LoadOrder = (typeof LOAD_ORDERS)[number];

/** What stands in for a load order where no SDK is loaded: the same module format, so that the client's own files are the same. */
export function baselineOf(order: LoadOrder): LoadOrder {
  if (order === 'cjs' || order === '--require register') return 'cjs';
  return order === 'esm bundle' || order === 'cjs bundle' ? order : 'esm';
}

/** The files of a program, and how Node is to start it. */
export type Program = {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
  readonly flags: readonly string[];
  /** The format of the one file into which everything is bundled. */
  readonly bundle?: 'esm' | 'cjs';
};

export type ProgramAsk = {
  readonly order: LoadOrder;
  readonly family: string;
  readonly modules: readonly string[];
  readonly hasSdk: boolean;
};

/** Writes the program of a load order; without the SDK it is the same program less the lines that name it. */
export function writeProgram(ask: ProgramAsk): Program {
  const { hasSdk } = ask;
  const imported = ask.modules.map((name, index) => `import * as module${index} from '${name}';`);
  const pieces: Pieces = {
    run: `import { runCases } from './run-cases.mjs';\nimport * as family from './${ask.family}.mjs';`,
    imported: imported.join('\n'),
    modules: `const modules = { ${ask.modules.map((name, index) => `'${name}': module${index}`).join(', ')} };`,
    connect: 'const clients = family.connect(modules);',
    start: `runCases(family, clients${hasSdk ? ', withCustomer' : ''});`,
  };
  return hasSdk ? WITH_SDK[ask.order](pieces, ask) : withoutSdk(pieces, ask);
}

type Pieces = {
  readonly run: string;
  readonly imported: string;
  readonly modules: string;
  readonly connect: string;
  readonly start: string;
};
type Write = (pieces: Pieces, ask: ProgramAsk) => Program;

const SDK = `import { init, withCustomer } from 'llmobserve';`;
/** Hosts that the app names, for providers whose requests look like another's. */
const INIT = 'init({ providers: JSON.parse(process.env.PROVIDERS) });';
const INIT_IF_NAMED = `if (process.env.PROVIDERS !== '{}') ${INIT}`;

function withoutSdk(pieces: Pieces, ask: ProgramAsk): Program {
  if (baselineOf(ask.order) === 'cjs') return writeCommon(ask, '', '');
  const program = esm([pieces.run, pieces.imported, pieces.modules, pieces.connect, pieces.start]);
  return ask.order === 'esm bundle' || ask.order === 'cjs bundle' ? bundled(program, ask.order) : program;
}

const writeEsm: Write = ({ run, imported, modules, connect, start }) => esm([run, imported, SDK, modules, INIT, connect, start]);

const WITH_SDK: Readonly<Record<LoadOrder, Write>> = {
  esm: writeEsm,
  'init first': ({ run, imported, modules, connect, start }) => ({
    ...esm([`import './start.mjs';`, run, imported, `import { withCustomer } from 'llmobserve';`, modules, connect, start]),
    files: {
      'start.mjs': `import { init } from 'llmobserve';\n${INIT}\n`,
      ...esm([`import './start.mjs';`, run, imported, `import { withCustomer } from 'llmobserve';`, modules, connect, start]).files,
    },
  }),
  'client first': ({ run, imported, modules, connect, start }) => esm([run, imported, SDK, modules, connect, INIT, start]),
  'dynamic import': ({ run, connect, start }, ask) => {
    const loaded = ask.modules.map((name) => `'${name}': await import('${name}')`).join(', ');
    return esm([run, `const { init, withCustomer } = await import('llmobserve');`, INIT, `const modules = { ${loaded} };`, connect, start]);
  },
  cjs: (_pieces, ask) => writeCommon(ask, `const { init, withCustomer } = require('llmobserve');`, INIT),
  '--import register': ({ run, imported, modules, connect, start }) => ({
    ...esm([run, imported, SDK, INIT_IF_NAMED, modules, connect, start]),
    flags: ['--import', 'llmobserve/register'],
  }),
  '--require register': (_pieces, ask) => ({
    ...writeCommon(ask, `const { init, withCustomer } = require('llmobserve');`, INIT_IF_NAMED),
    flags: ['--require', 'llmobserve/register'],
  }),
  'esm bundle': (pieces, ask) => bundled(writeEsm(pieces, ask), 'esm bundle'),
  'cjs bundle': (pieces, ask) => bundled(writeEsm(pieces, ask), 'cjs bundle'),
  'two copies': ({ run, imported, modules, connect, start }) =>
    esm([
      run,
      imported,
      `import { createRequire } from 'node:module';`,
      SDK.replace('withCustomer', 'withCustomer as outer'),
      `const copy = createRequire(import.meta.url)('llmobserve');`,
      modules,
      INIT,
      'copy.init();',
      `const withCustomer = (customer, work) => outer('another', () => copy.withCustomer(customer, work));`,
      connect,
      start,
    ]),
  worker: (pieces, ask) => inChild(pieces, ask, WORKER),
  fork: (pieces, ask) => inChild(pieces, ask, FORK),
};

const WORKER = `import { Worker } from 'node:worker_threads';
const child = new Worker(new URL('./child.mjs', import.meta.url));
child.on('message', (message) => process.send(message));
process.on('message', (message) => child.postMessage(message));
child.on('exit', (code) => { process.exitCode = code; process.disconnect(); });
`;

const FORK = `import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const child = fork(fileURLToPath(new URL('./child.mjs', import.meta.url)));
child.on('message', (message) => process.send(message));
process.on('message', (message) => child.connected && child.send(message));
child.on('exit', (code) => { process.exitCode = code ?? 70; process.disconnect(); });
`;

/** The parent only passes messages on; the flag is what threads and forked processes inherit from it. */
function inChild({ run, imported, modules, connect, start }: Pieces, _ask: ProgramAsk, parent: string): Program {
  const child = esm([run, imported, SDK, INIT_IF_NAMED, modules, connect, start]).files['main.mjs'] ?? '';
  return { entry: 'main.mjs', files: { 'main.mjs': parent, 'child.mjs': child }, flags: ['--import', 'llmobserve/register'] };
}

function esm(lines: readonly string[]): Program {
  return { entry: 'main.mjs', files: { 'main.mjs': `${lines.join('\n')}\n` }, flags: [] };
}

/** What is common to all programs is an ES module, which CommonJS on Node 20 has to wait for. */
function writeCommon({ modules, family, hasSdk }: ProgramAsk, sdk: string, init: string): Program {
  const required = modules.map((name) => `'${name}': require('${name}')`).join(', ');
  const lines = [
    `const modules = { ${required} };`,
    sdk,
    init,
    `Promise.all([import('./run-cases.mjs'), import('./${family}.mjs')]).then(([{ runCases }, family]) => {`,
    `  runCases(family, family.connect(modules)${hasSdk ? ', withCustomer' : ''});`,
    '});',
  ];
  return { entry: 'main.cjs', files: { 'main.cjs': `${lines.filter(Boolean).join('\n')}\n` }, flags: [] };
}

function bundled(program: Program, order: 'esm bundle' | 'cjs bundle'): Program {
  return { ...program, bundle: order === 'esm bundle' ? 'esm' : 'cjs' };
}
