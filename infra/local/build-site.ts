import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './progress.ts';
import { run } from './run-program.ts';
import { siteSources } from './sources.ts';
import { ROOT } from './system.ts';

export const SITE = join(ROOT, 'web/build');

/** `vite build` of web/, left out when nothing it is made of changed. True when it was built. */
export async function buildSite(): Promise<boolean> {
  const wanted = siteSources();
  const mark = join(ROOT, '.preau/site-sources');
  if (existsSync(join(SITE, 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  await run(join(ROOT, 'node_modules/.bin/vite'), ['build'], { cwd: join(ROOT, 'web') }).catch((error: Error & { output?: string }) => {
    const said = (error.output ?? error.message).split('\n').filter((line) => !/^\s+at /.test(line));
    throw new Refusal(`The site could not be built:\n${said.join('\n').trim()}`);
  });
  writeFileSync(mark, wanted);
  return true;
}
