import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * SvelteKit reads what a server sends a page (dates, maps, cycles) with devalue: 3.7 kB of each first load. No server renders this site:
 * all it ever writes and reads so are its own notes about scrolling, between two loads of one tab, which JSON holds as well.
 */
export function plainData(): Plugin {
  return {
    name: 'preau:plain-data',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: { filter: { id: /^devalue$/ }, handler: () => fileURLToPath(new URL('src/plain-data.ts', import.meta.url)) },
  };
}
