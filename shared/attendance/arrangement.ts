import * as z from 'zod';
import { addDays, GroupId, Instant, LocalDate, MinuteOfDay, PersonId, Uai, weekday } from '../kernel/index.ts';
import { Subject } from '../timetable/lesson.ts';
import type { Mark } from './episode.ts';
import { coverOf, seenBetween } from './missed-runs.ts';
import type { PupilDay } from './pupil-day.ts';
import { Month, monthOf } from './pupil-month.ts';

export const ArrangementId = z.string().regex(/^x_[0-9a-z-]{8,64}$/);

/**
 * Somebody is expected elsewhere than in class: a class, a group or one pupil, from a day to a day, perhaps at some hours only, on some
 * weekdays, or in one subject. One record, read beside the pupils’ days: it is never copied into them.
 */
export const Arrangement = z.object({
  arrangementId: ArrangementId,
  /** Outing and placement are under the school’s responsibility; an exempted pupil is not awaited, and nobody says where they are. */
  kind: z.enum(['outing', 'placement', 'exemption']),
  target: z.union([GroupId, PersonId]),
  /** The name of a class or group when it was entered. */
  label: z.string().max(80).optional(),
  from: LocalDate,
  /** Included; it stays as it was entered. */
  until: LocalDate,
  /** Part of each day; the whole of it without. */
  fromMinute: MinuteOfDay.optional(),
  untilMinute: MinuteOfDay.optional(),
  /** On these alone, 1 for Monday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
  /** In these lessons alone. */
  subject: Subject.optional(),
  /** Exempted, yet must be in the room. */
  inRoom: z.literal(true).optional(),
  /** Of a class or group, those who stay. */
  without: z.array(PersonId).max(60),
  /** For school life alone. */
  title: z.string().max(80).optional(),
  by: PersonId,
  at: Instant,
  /** From that day on it is none; from its first day, it never was one. */
  stopped: z.object({ on: LocalDate, by: PersonId, at: Instant }).optional(),
  revision: z.int().min(1),
});
export type Arrangement = z.infer<typeof Arrangement>;

/**
 * All that is arranged at a school in a month: one item, read in one request with whatever it is read beside. What lasts longer is in
 * each of its months, written in one transaction.
 */
export const ArrangedMonth = z.object({ uai: Uai, month: Month, arrangements: z.array(Arrangement), revision: z.int().min(1) });
export type ArrangedMonth = z.infer<typeof ArrangedMonth>;

/** Arrangements a month may hold: far beyond any real school, below what an item may weigh. */
export const MAX_ARRANGED = 800;

/** The months of some days, each once. */
export const monthsOf = ({ from, until }: { readonly from: LocalDate; readonly until: LocalDate }): string[] => {
  const months: string[] = [];
  for (let date = from; date <= until; date = addDays(date, 1)) if (months.at(-1) !== monthOf(date)) months.push(monthOf(date));
  return months;
};

/** Longest, how far ahead, and how far back one may be entered. */
export const ARRANGED_DAYS = 366;
export const ARRANGED_AHEAD = 366;
export const ARRANGED_BACK = 31;

/** Before its first day where it was taken back. */
export const lastDayOf = ({ until, stopped }: Pick<Arrangement, 'until' | 'stopped'>): LocalDate =>
  stopped ? addDays(stopped.on, -1) : until;

/** It says something of that day. */
export const standsOn = (one: Arrangement, date: LocalDate): boolean =>
  one.from <= date && date <= lastDayOf(one) && (one.weekdays?.includes(weekday(date)) ?? true);

interface Concerned {
  readonly pupilId: PersonId;
  readonly groups: readonly GroupId[];
}

export const isFor = ({ target, without }: Pick<Arrangement, 'target' | 'without'>, { pupilId, groups }: Concerned): boolean =>
  target === pupilId || (groups.includes(target) && !without.includes(pupilId));

interface Taught {
  readonly startMinute: number;
  readonly endMinute: number;
  /** Its label, or all of it. */
  readonly subject: string | { readonly label: string };
}

const reaches = ({ fromMinute = 0, untilMinute = 1440, subject }: Arrangement, lesson: Taught): boolean =>
  lesson.startMinute < untilMinute &&
  lesson.endMinute > fromMinute &&
  (subject === undefined || subject.label === (typeof lesson.subject === 'string' ? lesson.subject : lesson.subject.label));

/** Who is expected to be away comes first, then who need not come, last who must be there all the same. */
const rank = ({ kind, inRoom }: Arrangement): number => (kind === 'exemption' ? (inRoom ? 2 : 1) : 0);

type Facts = Pick<PupilDay, 'observations' | 'movements'>;

/**
 * What stands for a pupil in a lesson. What was said of the pupil’s own day comes before it: one who was announced absent, or has
 * left, is not away with the class as well, and one who was seen after it began came after all.
 */
export const arrangedIn = (
  lesson: Taught,
  pupil: Concerned,
  arrangements: readonly Arrangement[],
  facts: Facts = { observations: [], movements: [] },
): Arrangement | undefined => {
  if (coverOf(lesson, facts)) return undefined;
  return arrangements
    .filter((one) => isFor(one, pupil) && reaches(one, lesson))
    .filter(({ kind, fromMinute = 0 }) => kind === 'exemption' || !seenBetween(facts, fromMinute, lesson.startMinute))
    .sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? -1 : 1))[0];
};

/** What a roll call of a lesson would say of a pupil who follows it. */
export const markUnder = ({ kind, inRoom }: Pick<Arrangement, 'kind' | 'inRoom'>): Omit<Mark, 'pupilId'> =>
  kind === 'exemption' ? { state: inRoom ? 'present' : 'exempt' } : { state: 'elsewhere', place: kind };

/** Somebody who follows it is not missed in class: `inRoom` they would be. */
export const excusesFrom = ({ inRoom }: Pick<Arrangement, 'inRoom'>): boolean => !inRoom;

/**
 * A mark as it counts. Missing from a class one is not expected in is no absence, unless whoever called the roll knew: « not on the
 * bus either ». Whatever else they said they saw.
 */
export const asArranged = <M extends Omit<Mark, 'pupilId'>>(mark: M, arrangement: Arrangement | undefined): M | Omit<Mark, 'pupilId'> =>
  mark.state === 'absent' && !mark.despite && arrangement && excusesFrom(arrangement) ? markUnder(arrangement) : mark;
