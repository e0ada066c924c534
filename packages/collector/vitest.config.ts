import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['llmobserve-source'] },
  ssr: { resolve: { conditions: ['llmobserve-source', 'node', 'default'] } },
  test: {
    name: 'collector',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Real databases and processes, on machines that are busy with others.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
