import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['llmobserve-source'] },
  ssr: { resolve: { conditions: ['llmobserve-source', 'node', 'default'] } },
  test: { name: 'scripts', include: ['test/**/*.test.ts', '*/test/**/*.test.ts'] },
});
