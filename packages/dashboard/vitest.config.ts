import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['llmobserve-source'] },
  ssr: { resolve: { conditions: ['llmobserve-source', 'node', 'import', 'default'] } },
  test: { name: 'dashboard', include: ['test/**/*.test.{ts,tsx}'] },
});
