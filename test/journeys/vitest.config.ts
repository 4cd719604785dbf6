import { defineConfig } from 'vitest/config';

/** One system, one browser, one journey after the other. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/journeys/**/*.journey.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
