import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StageSettings } from './deploy-stacks.ts';
import { ROOT } from './system.ts';

const MADE = /(^|\/)(node_modules|build|\.svelte-kit|paraglide|reference)$/;

/** One hash of all the files that match, names included. */
function hashOf(patterns: readonly string[], also = ''): string {
  const hash = createHash('sha256').update(also);
  for (const file of globSync([...patterns], { cwd: ROOT, exclude: (path) => MADE.test(path) }).sort()) {
    const path = join(ROOT, file);
    if (statSync(path).isFile()) hash.update(file).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** Everything a page is made of: the web's own files, the shared rules it imports, the versions it is built with. */
export const siteSources = (): string =>
  hashOf(['web/*.*', 'web/{src,static,messages}/**/*', 'web/project.inlang/settings.json', 'shared/**/*', 'package-lock.json']);

/** Everything the stacks are computed from. */
export const stackSources = (settings: StageSettings): string =>
  hashOf(
    ['infra/*.ts', 'infra/{stacks,constructs,checks}/**/*', 'functions/**/*', 'shared/**/*', 'cdk.json', 'package-lock.json'],
    JSON.stringify(settings),
  );
