import type { Movement } from '#shared/attendance/pupil-day.ts';
import { fold } from '#shared/directory/name-folding.ts';

export type DeskKind = Movement['kind'];

/** What one line typed at the desk says: `lemoine arr 8h22`, `benali abs jusqu’à 10h par mère`. */
export interface DeskLine {
  /** As typed, for the search. */
  readonly name: string;
  readonly kind?: DeskKind;
  /** Minutes since midnight; of arrival, of exit, or from when an announced absence lasts. */
  readonly minute?: number;
  /** Until when an announced absence lasts. */
  readonly until?: number;
  /** Who announced it: a word that `guardianSaid` understands. */
  readonly by?: string;
  /** What was not understood: nothing leaves by itself while there is any. */
  readonly unread: readonly string[];
}

/** What the desk notes. */
export interface Gesture {
  readonly kind: DeskKind;
  readonly minute: number;
  readonly until?: number | undefined;
}

/** Whole words: a family may be called Arman or Sorel. */
const KINDS: Readonly<Record<string, DeskKind>> = {
  ARR: 'arrived',
  ARRIVE: 'arrived',
  ARRIVEE: 'arrived',
  ARRIVED: 'arrived',
  SOR: 'left',
  SORT: 'left',
  SORTI: 'left',
  SORTIE: 'left',
  LEFT: 'left',
  ABS: 'announced',
  ABSENT: 'announced',
  ABSENTE: 'announced',
  ABSENCE: 'announced',
  ANNONCE: 'announced',
  ANNONCEE: 'announced',
};

const UNTIL = new Set(['JUSQU A', 'JUSQUE', 'JUSQU', 'JUSQUA', 'UNTIL', 'TILL', 'TO', '→', '-', '–']);
const BY = new Set(['PAR', 'BY']);
const NOW = new Set(['MAINTENANT', 'NOW']);
const FILLERS = new Set(['', 'A', 'DE', 'DES', 'DEPUIS', 'AT', 'FROM', 'EST', 'HAS', 'IS', 'E']);

const HOURS = /(?<![\p{L}\p{N}])(\d{1,2})\s*(?:[hH]|:)\s*(\d{2})?(?![\p{L}\p{N}])/gu;

const minuteOf = (hours: number, minutes: number): number | undefined => (hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined);

/** `8`, `822`, `0822`: digits alone are an hour only after a word of the desk. */
const bare = (digits: string): number | undefined =>
  digits.length <= 2 ? minuteOf(Number(digits), 0) : minuteOf(Number(digits.slice(0, -2)), Number(digits.slice(-2)));

type Token = { readonly is: 'hour'; readonly minute: number } | { readonly is: 'word'; readonly raw: string; readonly folded: string };

function tokensOf(text: string): Token[] {
  const marked = text.replace(HOURS, (raw, hours: string, minutes = '0') => {
    const minute = minuteOf(Number(hours), Number(minutes));
    return minute === undefined ? ` ${raw.replace(/\s/g, '')} ` : ` @${minute} `;
  });
  return marked
    .split(/\s+/)
    .filter((raw) => raw !== '')
    .map((raw) => {
      const hour = /^@(\d+)$/.exec(raw);
      if (hour) return { is: 'hour', minute: Number(hour[1]) };
      return { is: 'word', raw, folded: /^[→–-]$/.test(raw) ? raw : fold(raw) };
    });
}

/** Reads a line as it is typed. Pure; `nowMinute` is what « maintenant » means. */
export function readDeskLine(text: string, nowMinute: number): DeskLine {
  const name: string[] = [];
  const by: string[] = [];
  const unread: string[] = [];
  let kind: DeskKind | undefined;
  let minute: number | undefined;
  let until: number | undefined;
  let inName = true;
  let next: 'minute' | 'until' | 'by' = 'minute';

  const hour = (value: number) => {
    if (next === 'until' || minute !== undefined) {
      if (until === undefined) until = value;
      else unread.push(String(value));
    } else minute = value;
    next = 'minute';
  };

  for (const token of tokensOf(text)) {
    if (token.is === 'hour') {
      inName = false;
      hour(token.minute);
      continue;
    }
    const { raw, folded } = token;
    const said = Object.hasOwn(KINDS, folded) ? KINDS[folded] : undefined;
    if (inName) {
      // The first word is a name, whatever it looks like.
      if (name.length > 0 && said) {
        kind = said;
        inName = false;
      } else name.push(raw);
      continue;
    }
    if (next !== 'by' && said && (kind === undefined || kind === said)) kind = said;
    else if (UNTIL.has(folded)) next = 'until';
    else if (BY.has(folded)) next = 'by';
    else if (NOW.has(folded)) hour(nowMinute);
    else if (/^\d{1,4}$/.test(folded) && kind !== undefined) {
      const value = bare(folded);
      if (value === undefined) unread.push(raw);
      else hour(value);
    } else if (next === 'by') by.push(raw);
    else if (!FILLERS.has(folded)) unread.push(raw);
  }
  if (kind !== undefined && kind !== 'announced') {
    if (until !== undefined) unread.push(String(until));
    unread.push(...by);
  }
  return {
    name: name.join(' '),
    ...(kind && { kind }),
    ...(minute !== undefined && { minute }),
    ...(until !== undefined && { until }),
    ...(by.length > 0 && { by: by.join(' ') }),
    unread,
  };
}

/** What would be noted, when the line says it all; an arrival without an hour is now, an absence without one the whole day. */
export function gestureOf({ kind, minute, until, unread }: DeskLine, nowMinute: number): Gesture | undefined {
  if (!kind || unread.length > 0) return undefined;
  const from = minute ?? (kind === 'announced' ? 0 : nowMinute);
  if (until !== undefined && until <= from) return undefined;
  return { kind, minute: from, ...(until !== undefined && { until }) };
}

const MOTHER = new Set(['MERE', 'MAMAN', 'MOTHER', 'MUM']);
const FATHER = new Set(['PERE', 'PAPA', 'FATHER', 'DAD']);
const POSSESSIVES = /^(SA|SON|LA|LE|HIS|HER|M|MME|MR|MRS|MS) /;

interface SaidGuardian {
  readonly personId: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly kinship?: string | undefined;
}

/** The one guardian that « mère », « papa » or a name means; nobody when it could be two. CODE_PARENTE 10 is the mother, 20 the father. */
export function guardianSaid<G extends SaidGuardian>(word: string, guardians: readonly G[]): G | undefined {
  const said = fold(word).replace(POSSESSIVES, '');
  if (said === '') return undefined;
  const kinship = MOTHER.has(said) ? '10' : FATHER.has(said) ? '20' : undefined;
  const found = guardians.filter((one) =>
    kinship
      ? one.kinship === kinship
      : [one.givenName, one.familyName, `${one.givenName} ${one.familyName}`, `${one.familyName} ${one.givenName}`].some((name) =>
          fold(name).startsWith(said),
        ),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** `08:22`, as a time field holds it. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes since midnight of a time field; nothing for an empty one. */
export const minuteOfClock = (clock: string): number | undefined => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? undefined : minuteOf(Number(hours), Number(minutes));
};
