import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';
import manifest from './package.json' with { type: 'json' };

/** Only what the SDK says of itself goes into the bundle, not the whole of package.json. */
const identity = {
  name: 'package-identity',
  setup(build: { onLoad(options: { filter: RegExp }, load: () => { contents: string; loader: 'json' }): void }) {
    build.onLoad({ filter: /sdk[\\/]package\.json$/ }, () => ({
      contents: JSON.stringify({ name: manifest.name, version: manifest.version }),
      loader: 'json',
    }));
  },
};

/** Off Node other hands do the work: what is named here is taken from `src/edge`. */
const edgeHands = {
  name: 'edge-hands',
  setup(build: { onResolve(options: { filter: RegExp }, resolve: (args: { path: string }) => { path: string }): void }) {
    build.onResolve({ filter: /^\.{1,2}\/(?:init|load-builtin|sha256-hex)\.ts$/ }, ({ path }) => ({
      path: fileURLToPath(new URL(`src/edge/${basename(path)}`, import.meta.url)),
    }));
  },
};

const entry = {
  index: 'src/index.ts',
  register: 'src/register.ts',
  testing: 'src/testing.ts',
  otel: 'src/otel.ts',
  express: 'src/middleware/express.ts',
  fastify: 'src/middleware/fastify.ts',
  hono: 'src/middleware/hono.ts',
  next: 'src/middleware/next.ts',
};

/** What there is for runtimes other than Node. */
const OFF_NODE = ['index', 'register', 'testing', 'otel', 'hono', 'next'] as const;

/** Node shows the line that threw: it must not be the whole bundle when an app has forgotten its key. */
const LINE_LIMIT = 200;

const TYPES = { compilerOptions: { paths: { '@llmobserve/protocol': ['../protocol/src/index.ts'] } } };

const options: Options = {
  platform: 'node',
  target: 'node20',
  // No runtime dependency: the protocol is part of the bundle, its types too.
  noExternal: ['@llmobserve/protocol'],
  // `node:` stays: runtimes other than Node know their built-in modules by it.
  removeNodeProtocol: false,
  splitting: true,
  // Half a megabyte installed is the most an app should pay.
  minify: true,
  sourcemap: false,
  esbuildOptions: fromSource,
  esbuildPlugins: [identity],
  clean: false,
};

function fromSource(esbuild: { conditions?: string[]; lineLimit?: number }): void {
  esbuild.conditions = ['llmobserve-source'];
  esbuild.lineLimit = LINE_LIMIT;
}

export default defineConfig([
  {
    ...options,
    entry,
    format: ['esm'],
    dts: TYPES,
    clean: true,
  },
  {
    ...options,
    entry,
    format: ['cjs'],
    // Rollup writes these: tsup's own way spells `?.` out as calls of closures, on every call of the app. Not the ES modules,
    // where it would take back the name under which `createRequire` is imported.
    treeshake: true,
    dts: TYPES,
  },
  {
    ...options,
    entry: Object.fromEntries(OFF_NODE.map((name) => [`edge/${name}`, entry[name]])),
    format: ['esm'],
    esbuildOptions(esbuild) {
      fromSource(esbuild);
      esbuild.inject = ['src/edge/buffer.ts'];
    },
    esbuildPlugins: [identity, edgeHands],
  },
  {
    ...options,
    entry: { cli: 'src/cli.ts', 'cli-probe': 'src/cli-probe.ts' },
    format: ['esm'],
    splitting: false,
  },
]);
