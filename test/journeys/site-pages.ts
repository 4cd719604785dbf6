import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Values } from './operations.ts';

const ROUTES = fileURLToPath(new URL('../../web/src/routes', import.meta.url));

/** Doors as they stand in addresses. */
const DOOR_WORDS = ['eleve', 'responsable', 'professeur', 'vie-scolaire', 'collectivite'];

/** What stands in an address for each of its parameters; an empty word leaves an optional one out. */
const fillings = (values: Values): Readonly<Record<string, readonly string[]>> => ({
  'door=door': DOOR_WORDS,
  'door=mailed': ['', 'teacher'],
  uai: [values.uai ?? ''],
  date: [values.date ?? ''],
  lesson: [values.lessonId ?? ''],
  pupil: [values.pupilId ?? ''],
  pupilId: [values.pupilId ?? ''],
  importId: [values.importId ?? ''],
});

export interface SitePage {
  /** Of the picture that is kept. */
  readonly name: string;
  readonly path: string;
}

/** Every page that the site has, as its folders say: a new one is here by itself. */
export function sitePages(values: Values): SitePage[] {
  const known = fillings(values);
  return globSync('**/+page.svelte', { cwd: ROUTES })
    .map((file) => dirname(file).split('/'))
    .flatMap((segments) =>
      segments
        .reduce<readonly string[][]>(
          (paths, segment) => {
            const [, param] = /^\[{1,2}(.+?)\]{1,2}$/.exec(segment) ?? [];
            const words = param === undefined ? [segment] : known[param];
            if (!words) throw new Error(`web/src/routes/${segments.join('/')}: say in fillings() what stands for ${segment}`);
            return paths.flatMap((path) => words.map((word) => [...path, word]));
          },
          [[]],
        )
        .map((path) => {
          const words = path.filter((word) => word !== '' && word !== '.');
          const named = segments
            .map((segment, i) => (/=/.test(segment) ? path[i] : segment))
            .filter((word) => word && word !== '.' && !word.startsWith('['));
          const shown = segments.at(-1)?.startsWith('[') && !/=/.test(segments.at(-1) ?? '') ? [...named, 'one'] : named;
          return { name: shown.join('-') || 'doors', path: `/${words.join('/')}` };
        }),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
