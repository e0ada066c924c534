import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['llmobserve-source'] },
  ssr: { resolve: { conditions: ['llmobserve-source', 'node', 'default'] } },
  // Child processes take their time on a busy machine.
  test: {
    name: 'scripts',
    include: ['test/**/*.test.ts', '*/test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
