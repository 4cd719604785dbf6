import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from '../../shared/kernel/index.ts';
import { catalogue } from '../catalogue.ts';
import { openApiOf } from './openapi.ts';
import { dataPage, eventsPage, rightsPage } from './pages.ts';

/** Every generated file of this folder, by name: the same declarations give the same bytes. */
export function referenceOf(contexts: readonly Context[]): Record<string, string> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return {
    'openapi.json': `${JSON.stringify(openApiOf(contexts, version), null, 2)}\n`,
    'DATA.md': dataPage(contexts),
    'EVENTS.md': eventsPage(contexts),
    'RIGHTS.md': rightsPage(contexts),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(referenceOf(catalogue))) writeFileSync(new URL(name, import.meta.url), text);
}
