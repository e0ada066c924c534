import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['llmobserve-source'] },
  ssr: { resolve: { conditions: ['llmobserve-source', 'node', 'default'] } },
  test: {
    name: 'e2e',
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    globalSetup: 'src/pack-sdk.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
