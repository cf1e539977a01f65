import { defineConfig } from 'vitest/config';

// Browser tests live in test/e2e and run under Playwright; benchmarks never run here, so no test asserts a time.
export default defineConfig({
  test: {
    include: ['{electron,renderer,models,test}/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**', 'out/**'],
    testTimeout: 30_000,
    pool: 'forks',
  },
});
