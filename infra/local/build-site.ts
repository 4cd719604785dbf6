import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './progress.ts';
import { run } from './run-program.ts';
import { ROOT } from './system.ts';

export const SITE = join(ROOT, 'web/build');

/** Everything a page is made of, in one hash: the web's own files, the shared rules it imports, the versions it is built with. */
function sources(): string {
  const hash = createHash('sha256');
  const exclude = (path: string) => /(^|\/)(node_modules|build|\.svelte-kit|paraglide)$/.test(path);
  for (const file of globSync(['web/**/*', 'shared/**/*', 'package-lock.json'], { cwd: ROOT, exclude }).sort()) {
    const path = join(ROOT, file);
    if (statSync(path).isFile()) hash.update(file).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** `vite build` of web/, left out when nothing it is made of changed. True when it was built. */
export async function buildSite(): Promise<boolean> {
  const wanted = sources();
  const mark = join(ROOT, '.preau/site-sources');
  if (existsSync(join(SITE, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  await run(join(ROOT, 'node_modules/.bin/vite'), ['build'], { cwd: join(ROOT, 'web') }).catch((error: Error & { output?: string }) => {
    throw new Refusal(`The site could not be built:\n${error.output ?? error.message}`);
  });
  writeFileSync(mark, wanted);
  return true;
}
