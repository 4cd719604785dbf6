import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Every adapter exists in unit tests; bundles drop those a function was not granted (infra/bundle.ts). */
const USES = { table: true, question: true, queue: true, files: true, accounts: true, mail: true, push: true, sms: true, secret: true };

/** As the bundler does (infra/bundle.ts): a font is its bytes in base64. */
const fonts: Plugin = {
  name: 'fonts',
  enforce: 'pre',
  load: (id) => (id.endsWith('.woff') ? `export default ${JSON.stringify(readFileSync(id).toString('base64'))};` : undefined),
};

export default defineConfig({
  plugins: [fonts],
  define: { USES: JSON.stringify(USES) },
  test: {
    environment: 'node',
    // Modules declare and keep nothing: a worker that takes the next file with what it has loaded spares half of the time.
    isolate: false,
    // Of a loaded machine; nothing here waits.
    testTimeout: 30_000,
    // What a deployed function finds: the runtime reads its environment when a handler is made.
    env: {
      PREAU_STAGE: 'test',
      PREAU_ACCOUNT: '000000000000',
      PREAU_CONTEXT: 'library',
      PREAU_ENTRY: 'api',
      PREAU_SITE_URL: 'https://preau.example',
      PREAU_SENDER: 'vie-scolaire@preau.example',
      PREAU_POOLS: JSON.stringify({
        teacher: { poolId: 'pool-teacher', clientId: 'client-teacher', clientSecret: 'secret-teacher' },
        staff: { poolId: 'pool-staff', clientId: 'client-staff' },
      }),
      PREAU_ORIGIN_SECRET: 'only-the-cdn-knows',
      AWS_REGION: 'eu-west-3',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    include: ['test/**/*.test.ts'],
    exclude: ['test/journeys/**', 'test/load/**', '**/node_modules/**'],
  },
});
