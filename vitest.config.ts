import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The browser tests are a project of their own (`browser`, e2e/vitest.browser.config.ts), so that they can be left out.
  test: { projects: ['packages/*', 'examples/*', 'e2e/vitest*.config.ts', 'scripts', 'conformance'] },
});
