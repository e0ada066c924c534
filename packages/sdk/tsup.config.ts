import { defineConfig } from 'tsup';
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

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    register: 'src/register.ts',
    testing: 'src/testing.ts',
    otel: 'src/otel.ts',
    express: 'src/middleware/express.ts',
    fastify: 'src/middleware/fastify.ts',
    hono: 'src/middleware/hono.ts',
    next: 'src/middleware/next.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20',
  // No runtime dependency: the protocol is part of the bundle, its types too.
  noExternal: ['@llmobserve/protocol'],
  dts: { compilerOptions: { paths: { '@llmobserve/protocol': ['../protocol/src/index.ts'] } } },
  esbuildOptions(options) {
    options.conditions = ['llmobserve-source'];
  },
  esbuildPlugins: [identity],
  // `node:` stays: runtimes other than Node know their built-in modules by it.
  removeNodeProtocol: false,
  clean: true,
  splitting: true,
  sourcemap: false,
});
