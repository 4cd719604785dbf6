import type { Arrangement } from './arrangement.ts';
import type { Mark } from './episode.ts';
import { isAway, isSeen, type StayTime } from './missed-runs.ts';
import type { Movement } from './pupil-day.ts';
import { endOf } from './stay.ts';

/** Minutes since midnight on the school’s clock. */
type Minute = number;

/** Where a pupil is, as far as anybody said. `elsewhere` is in the school, `out` left it with its leave, or is on an outing or placement. */
export type Whereabouts = 'present' | 'elsewhere' | 'absent' | 'out' | 'unknown';

/** What was said of a pupil’s place at one minute, and how long that holds. */
export interface Word {
  readonly says: Exclude<Whereabouts, 'unknown'>;
  readonly minute: Minute;
  /** Until then whatever lesson begins, not included; without it until the pupil’s next lesson begins. */
  readonly until?: Minute;
  /** End of the lesson in which the pupil was seen: afterwards nobody knows. */
  readonly lessonEnd?: Minute;
  readonly place?: NonNullable<Mark['place']>;
  /** It was said beforehand. */
  readonly announced?: true;
}

/** A validated roll call whose list had the pupil on it; without a mark they were there. */
export interface Call {
  readonly startMinute: Minute;
  readonly endMinute: Minute;
  readonly mark?: Omit<Mark, 'pupilId'>;
}

type Noted = Pick<Movement, 'kind' | 'minute' | 'until' | 'undone'>;

const isSight = ({ says }: Word): boolean => says === 'present' || says === 'elsewhere';

/** What a roll call says; an exempted pupil may be anywhere. */
const wordOf = ({ startMinute, endMinute, mark }: Call): Word | undefined => {
  switch (mark?.state) {
    case 'absent':
      return { says: 'absent', minute: startMinute };
    case 'excused':
      return { says: 'out', minute: startMinute };
    case 'exempt':
      return undefined;
    case 'elsewhere':
      if (isAway(mark)) return { says: 'out', minute: startMinute, ...(mark.place && { place: mark.place }) };
      return { says: 'elsewhere', minute: startMinute, lessonEnd: endMinute, ...(mark.place && { place: mark.place }) };
    default:
      return { says: 'present', minute: startMinute + (mark?.minutes ?? 0), lessonEnd: endMinute };
  }
};

const wordOfMovement = ({ kind, minute, until }: Noted): Word =>
  kind === 'arrived'
    ? { says: 'present', minute }
    : kind === 'left'
      ? { says: 'out', minute, until: Number.POSITIVE_INFINITY }
      : { says: 'absent', minute, until: until ?? Number.POSITIVE_INFINITY, announced: true };

const wordsOfStay = ({ stay, untilMinute }: StayTime): Word[] => [
  { says: 'elsewhere', minute: stay.fromMinute, until: untilMinute ?? Number.POSITIVE_INFINITY, place: stay.place },
  // Handed over, the exit says it.
  ...(untilMinute !== undefined && endOf(stay)?.to === 'class' && endOf(stay)?.minute === untilMinute
    ? [{ says: 'present' as const, minute: untilMinute }]
    : []),
];

/** An outing or a placement, for its hours. */
const wordOfArrangement = ({ kind, fromMinute = 0, untilMinute = Number.POSITIVE_INFINITY }: Arrangement): Word[] =>
  kind === 'exemption' ? [] : [{ says: 'out', minute: fromMinute, until: untilMinute, place: kind, announced: true }];

/**
 * Everything said of a pupil’s place on a day, by its minute. Missing from a roll call while another saw them is no word: a
 * pupil seen anywhere in a slot is not absent, nor is one who was kept at school when it began.
 */
export const wordsOf = (
  calls: readonly Call[],
  movements: readonly Noted[],
  stays: readonly StayTime[] = [],
  arrangements: readonly Arrangement[] = [],
): Word[] => {
  const seen = calls.filter(({ mark }) => mark === undefined || isSeen(mark));
  return [
    ...calls
      .filter(
        (call) =>
          call.mark?.state !== 'absent' ||
          !(
            seen.some((other) => call.startMinute < other.endMinute && other.startMinute < call.endMinute) ||
            stays.some(({ stay, untilMinute = 1440 }) => stay.fromMinute <= call.startMinute && call.startMinute < untilMinute)
          ),
      )
      .flatMap((call) => wordOf(call) ?? []),
    ...arrangements.flatMap(wordOfArrangement),
    ...movements.filter(({ undone }) => !undone).map(wordOfMovement),
    ...stays.flatMap(wordsOfStay),
  ].sort((a, b) => a.minute - b.minute || Number(isSight(a)) - Number(isSight(b)));
};

export interface Found {
  readonly state: Whereabouts;
  /** What says so; of someone unknown, the last that was said. */
  readonly word?: Word;
}

/**
 * Where a pupil is at a minute. What was said holds until their next lesson begins, having been seen in a lesson only to its end; an
 * exit or an announced absence holds as long as it says, unless the pupil was seen after it began. What holds no more is not guessed
 * from: the pupil is unknown.
 */
export const whereaboutsAt = (minute: Minute, words: readonly Word[], lessons: readonly { readonly startMinute: Minute }[]): Found => {
  const begun = Math.max(-1, ...lessons.map(({ startMinute }) => startMinute).filter((start) => start <= minute));
  const said = words.filter((word) => word.minute <= minute && !(word.announced && minute >= (word.until ?? 0)));
  const holds = ({ minute: since, until, lessonEnd = Number.POSITIVE_INFINITY }: Word): boolean =>
    until === undefined ? since >= begun && minute < lessonEnd : minute < until;
  for (const word of [...said].reverse()) {
    if (holds(word)) return { state: word.says, word };
    if (isSight(word)) break;
  }
  const last = said.at(-1);
  return { state: 'unknown', ...(last && { word: last }) };
};

/** Regimes of pupils who eat at school. */
const EATING: readonly string[] = ['half-board', 'boarder', 'boarder-day'];
export const eatsAtSchool = (regime: string | undefined): boolean => regime !== undefined && EATING.includes(regime);

/**
 * Whether a pupil will be missed at table: `away` who is missing or out, or announced it for noon; `unsure` who was missing when last
 * anybody looked, or announced to be back by then. After noon, as it was at noon.
 */
export const awayFromTable = (
  minute: Minute,
  noon: Minute,
  words: readonly Word[],
  lessons: readonly { readonly startMinute: Minute }[],
): 'away' | 'unsure' | undefined => {
  const { state, word } = whereaboutsAt(Math.min(minute, noon), words, lessons);
  const covers = words.some(
    (one) =>
      one.announced &&
      one.minute <= noon &&
      noon < (one.until ?? 0) &&
      !words.some((other) => isSight(other) && other.minute >= one.minute && other.minute <= Math.min(minute, noon)),
  );
  if (covers) return 'away';
  if (state === 'absent' || state === 'out') return word?.until !== undefined && word.until <= noon ? 'unsure' : 'away';
  return state === 'unknown' && word && !isSight(word) ? 'unsure' : undefined;
};
