import type { overview } from '#shared/directory/routes.ts';
import type { AnswerOf } from '#shared/kernel/route.ts';

export type SchoolFigures = AnswerOf<typeof overview>['schools'][number];
export type CountedDoor = keyof SchoolFigures['loaded'];

/** Under it a count of children or of their families may point at one of them. */
export const FEW = 10;
/** An authority looks at a school where fewer guardians than this have opened their account. */
export const LOW_SHARE = 0.5;

/** A count that may be shown, or why it is not. Zero points at nobody. */
export type Count = number | 'few';

const PRIVATE = ['pupil', 'guardian'] as const satisfies CountedDoor[];
const shownCount = (door: CountedDoor, count: number): Count =>
  PRIVATE.some((one) => one === door) && count > 0 && count < FEW ? 'few' : count;

export interface Cell {
  readonly opened: Count;
  readonly loaded: Count;
  /** 0 to 1; nothing where it would give a hidden count away, or where nobody is imported. */
  readonly share: number | undefined;
}

export function cellOf({ loaded, activated }: Pick<SchoolFigures, 'loaded' | 'activated'>, door: CountedDoor): Cell {
  const [of, open] = [shownCount(door, loaded[door]), shownCount(door, activated[door])];
  if (of === 'few') return { opened: 'few', loaded: 'few', share: undefined };
  return { opened: open, loaded: of, share: open === 'few' || of === 0 ? undefined : open / of };
}

export interface Total {
  readonly opened: number;
  readonly loaded: number;
  readonly share: number | undefined;
}

/** Only what each row shows: a total with hidden counts in it would give one of them back by subtraction. */
export function totalOf(schools: readonly SchoolFigures[], door: CountedDoor): Total {
  let [opened, loaded] = [0, 0];
  for (const school of schools) {
    const cell = cellOf(school, door);
    if (cell.opened === 'few' || cell.loaded === 'few') continue;
    opened += cell.opened;
    loaded += cell.loaded;
  }
  return { opened, loaded, share: loaded === 0 ? undefined : opened / loaded };
}

export type Watched =
  | { readonly school: SchoolFigures; readonly why: 'import' }
  | { readonly school: SchoolFigures; readonly why: 'few' }
  | { readonly school: SchoolFigures; readonly why: 'low'; readonly share: number; readonly left: number };

/** Where families are not yet reached: schools without files first, then those furthest behind. */
export function toWatch(schools: readonly SchoolFigures[]): Watched[] {
  const rank = (one: Watched) => (one.why === 'import' ? -2 : one.why === 'few' ? -1 : one.share);
  return schools
    .flatMap((school): Watched[] => {
      if (school.lastImportAt === undefined) return [{ school, why: 'import' }];
      const { opened, loaded, share } = cellOf(school, 'guardian');
      if (loaded === 'few' || loaded === 0) return [];
      if (opened === 'few') return loaded > FEW / LOW_SHARE ? [{ school, why: 'few' }] : [];
      return share !== undefined && share < LOW_SHARE ? [{ school, why: 'low', share, left: loaded - opened }] : [];
    })
    .sort((a, b) => rank(a) - rank(b));
}

export const SORTS = ['school', 'guardian', 'pupil', 'import'] as const;
export type Sort = (typeof SORTS)[number];

/** Names from A, shares from the highest, imports from the latest; what is not known comes last. */
export function sorted(schools: readonly SchoolFigures[], by: Sort, compare: (a: string, b: string) => number): SchoolFigures[] {
  const byName = (a: SchoolFigures, b: SchoolFigures) => compare(a.name, b.name) || compare(a.city ?? '', b.city ?? '');
  const weight = (school: SchoolFigures): number => {
    if (by === 'import') return school.lastImportAt === undefined ? -1 : Date.parse(school.lastImportAt);
    return by === 'school' ? 0 : (cellOf(school, by).share ?? -1);
  };
  return [...schools].sort((a, b) => weight(b) - weight(a) || byName(a, b));
}
