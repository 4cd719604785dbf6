import { defineConfig } from 'vitest/config';

/** Every adapter exists in unit tests; bundles drop those a function was not granted (infra/bundle.ts). */
const USES = { table: true, question: true, queue: true, files: true, accounts: true, mail: true, secret: true };

export default defineConfig({
  define: { USES: JSON.stringify(USES) },
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/journeys/**', 'test/load/**', '**/node_modules/**'],
  },
});
