import { existsSync, readdirSync } from 'node:fs';
import type { Context } from '../shared/kernel/index.ts';

const functions = new URL('../functions/', import.meta.url);

/**
 * Every context: a folder of `functions/` with a manifest is one. This is the only list of contexts in the repository,
 * read from the tree so that a new context touches no file of `infra/`.
 */
export const catalogue: readonly Context[] = await Promise.all(
  readdirSync(functions, { withFileTypes: true })
    .filter((folder) => folder.isDirectory() && existsSync(new URL(`${folder.name}/manifest.ts`, functions)))
    .map((folder) => folder.name)
    .sort()
    .map(async (name) => {
      const { default: manifest }: { default?: Context } = await import(new URL(`${name}/manifest.ts`, functions).href);
      if (manifest === undefined) {
        throw new Error(`functions/${name}/manifest.ts exports no context: write "export default defineContext({ name: '${name}', … })"`);
      }
      if (manifest.name !== name) {
        throw new Error(`functions/${name}/manifest.ts names the context "${manifest.name}": folder and name must be the same`);
      }
      return manifest;
    }),
);
