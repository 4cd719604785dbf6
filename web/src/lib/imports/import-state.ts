import type { ChangeKind, ImportCounts, ImportQuestion, ShownImport } from '#shared/directory/import.ts';

/** What a person looks at, in the order of the page. */
export const SORTS = ['arrival', 'change', 'class-move', 'departure', 'link-lost', 'link-made', 'group', 'anomaly'] as const satisfies (
  | ChangeKind
  | 'anomaly'
)[];
export type Sort = (typeof SORTS)[number];

const COUNT_OF = {
  arrival: 'arrivals',
  change: 'changes',
  'class-move': 'classMoves',
  departure: 'departures',
  'link-lost': 'linksLost',
  'link-made': 'linksMade',
  group: 'groups',
  anomaly: 'anomalies',
} as const satisfies Record<Sort, keyof ImportCounts>;

export const countOf = (counts: ImportCounts, sort: Sort): number => counts[COUNT_OF[sort]];

/** All that « Appliquer n changements » would do to people and groups. */
export const changesIn = (counts: ImportCounts): number =>
  SORTS.reduce((sum, sort) => (sort === 'anomaly' ? sum : sum + countOf(counts, sort)), 0);

/** Always in view: what the director asks about. The rest only when there is any. */
const ALWAYS: readonly Sort[] = ['arrival', 'change', 'class-move', 'departure', 'link-lost', 'anomaly'];

export const sortsShown = (counts: ImportCounts): Sort[] => SORTS.filter((sort) => ALWAYS.includes(sort) || countOf(counts, sort) > 0);

/** What opens first: what is wrong, then who loses access, then whatever there is. */
export const firstSort = (counts: ImportCounts): Sort =>
  (['anomaly', 'link-lost', ...SORTS] as const).find((sort) => countOf(counts, sort) > 0) ?? 'anomaly';

const OFTEN_MS = 1500;
const SELDOM_MS = 8000;

/** How long to wait before asking again: a running job soon, one that waits or stands still later, a settled one never. */
export const askAgainIn = ({ state, stalled }: Pick<ShownImport, 'state' | 'stalled'>): number | undefined => {
  if (state === 'uploading') return SELDOM_MS;
  if (state !== 'inspecting' && state !== 'applying') return;
  return stalled ? SELDOM_MS : OFTEN_MS;
};

/** The differences are known. */
export const hasDifferences = ({ state, counts, total }: Pick<ShownImport, 'state' | 'counts' | 'total'>): boolean =>
  state === 'inspected' ||
  state === 'applying' ||
  state === 'done' ||
  state === 'unchanged' ||
  (state === 'interrupted' && (total > 0 || changesIn(counts) + counts.anomalies > 0));

/** Step of three: files, check, apply. */
export const stepOf = ({ state, cursor }: Pick<ShownImport, 'state' | 'cursor'>): 1 | 2 | 3 => {
  switch (state) {
    case 'uploading':
    case 'refused':
      return 1;
    case 'inspecting':
    case 'inspected':
    case 'unchanged':
      return 2;
    case 'interrupted':
      return cursor > 0 ? 3 : 2;
    default:
      return 3;
  }
};

export const isAnswered = (asks: readonly ImportQuestion[], accepted: readonly ImportQuestion[]): boolean =>
  asks.every((ask) => accepted.includes(ask));

/** A moment of a job seen by this page. */
export interface Seen {
  readonly at: number;
  readonly cursor: number;
}

/** Seconds left at the pace seen so far; unknown until the job has moved twice under our eyes. */
export function secondsLeft(first: Seen | undefined, now: Seen, total: number): number | undefined {
  if (!first) return;
  const moved = now.cursor - first.cursor;
  const took = now.at - first.at;
  if (moved < 2 || took <= 0) return;
  return Math.ceil(((total - now.cursor) * took) / moved / 1000);
}
