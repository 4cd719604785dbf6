import * as z from 'zod';
import { Failure, GroupId, Instant, LessonId, LocalDate, MinuteOfDay, PersonId, Uai } from '../kernel/index.ts';
import { Action } from './action.ts';
import { Answer } from './answer.ts';
import { Absence, Episode, Mark, MarkState } from './episode.ts';
import { followAbsences } from './follow-absences.ts';
import { followEpisodes, type Telling } from './follow-episodes.ts';
import { factsOf } from './half-days.ts';
import { presenceOf } from './missed-runs.ts';
import { refuseOver } from './refuse-over.ts';
import { Stay } from './stay.ts';
import { isTreatment, TreatmentEntry } from './treatment.ts';

/** What one save said of a pupil in a lesson. The last one for a lesson stands; none is ever overwritten. */
export const Observation = z.object({
  lessonId: LessonId,
  startMinute: MinuteOfDay,
  endMinute: MinuteOfDay,
  subject: z.string(),
  /** `withdrawn`: the pupil is not in this lesson after all. `not-held`: it « n’a pas eu lieu », and what was seen does not count. */
  state: z.enum([...MarkState.options, 'withdrawn', 'not-held']),
  minutes: Mark.shape.minutes,
  place: Mark.shape.place,
  by: PersonId,
  at: Instant,
});
export type Observation = z.infer<typeof Observation>;

export const MovementId = z.string().regex(/^m_[0-9a-z-]{8,64}$/);

/** What school life’s desk noted, or a guardian announced. */
export const Movement = z.object({
  movementId: MovementId,
  kind: z.enum(['arrived', 'left', 'announced']),
  /** Of arrival or exit; from when, for an announced absence. */
  minute: MinuteOfDay,
  /** Until when an announced absence lasts, not included; the whole day when absent. */
  until: MinuteOfDay.optional(),
  /** The guardian who announced it, who is not told again. */
  announcedBy: PersonId.optional(),
  /** For school life alone. */
  reason: Answer.shape.reason.optional(),
  by: PersonId,
  byDoor: z.enum(['staff', 'guardian']),
  at: Instant,
  undone: z.object({ by: PersonId, at: Instant }).optional(),
});
export type Movement = z.infer<typeof Movement>;

const ofDay = { uai: true, date: true, pupilId: true } as const;

export const EpisodeOfDay = Episode.omit(ofDay).extend({
  /** The missed lessons it is made of: how a correction finds it again. */
  lessonIds: z.array(LessonId),
});
export type EpisodeOfDay = z.infer<typeof EpisodeOfDay>;

/** A pupil as class lists had them when their day began: whoever reads the day need not ask who it is. */
export const PupilOfDay = z.object({
  familyName: z.string(),
  givenName: z.string(),
  sex: z.enum(['F', 'M']).optional(),
  regime: z.string().max(16).optional(),
  groups: z.array(GroupId),
});
export type PupilOfDay = z.infer<typeof PupilOfDay>;

/** The same of a person or a line of a class list. */
export const pupilOfDay = ({ familyName, givenName, sex, regime, groups }: PupilOfDay): PupilOfDay => ({
  familyName,
  givenName,
  ...(sex && { sex }),
  ...(regime !== undefined && { regime }),
  groups: [...groups],
});

/** One pupil’s day at one school: it exists as soon as there is anything but plain presence. */
export const PupilDay = z.object({
  uai: Uai,
  date: LocalDate,
  pupilId: PersonId,
  classLabel: z.string().max(40).optional(),
  pupil: PupilOfDay.optional(),
  revision: z.int().min(0),
  observations: z.array(Observation),
  movements: z.array(Movement),
  answers: z.array(Answer),
  absences: z.array(Absence),
  episodes: z.array(EpisodeOfDay),
  /** Lessons in which the pupil was marked absent but seen elsewhere in the slot: « à vérifier ». */
  toCheck: z.array(LessonId),
  /** What school life said of missed and late lessons, and took back. */
  treatments: z.array(TreatmentEntry),
  /** What school life did about it. */
  actions: z.array(Action),
  /** Times at the infirmary or at school life’s office. */
  stays: z.array(Stay).optional(),
  /** There while a missed lesson has no settled treatment: the day then stands in school life’s queue. */
  queue: z.literal('open').optional(),
});
export type PupilDay = z.infer<typeof PupilDay>;

export const emptyDay = (uai: string, date: LocalDate, pupilId: string, classLabel?: string, pupil?: PupilOfDay): PupilDay => ({
  uai,
  date,
  pupilId,
  ...(classLabel !== undefined && { classLabel }),
  ...(pupil && { pupil: pupilOfDay(pupil) }),
  revision: 0,
  observations: [],
  movements: [],
  answers: [],
  absences: [],
  episodes: [],
  toCheck: [],
  treatments: [],
  actions: [],
});

export interface Entries {
  readonly observations?: readonly Observation[];
  readonly movements?: readonly Movement[];
  readonly answers?: readonly Answer[];
  readonly undo?: { readonly movementId: string; readonly by: string; readonly at: Instant };
  readonly treatments?: readonly TreatmentEntry[];
  readonly actions?: readonly Action[];
  readonly undoAction?: { readonly actionId: string; readonly by: string; readonly at: Instant };
  readonly proof?: { readonly answerId: string; readonly state: 'awaited' | 'received' };
  /** New ones, and known ones as they now are. */
  readonly stays?: readonly Stay[];
}

/** Entries a day may hold: far beyond any real day, far below what an item may weigh. */
export const MAX_ENTRIES = 400;

const says = ({ state, minutes, place, startMinute, endMinute }: Observation): string =>
  JSON.stringify([state, minutes ?? null, place ?? null, startMinute, endMinute]);

/** Those that say something new of their lesson. */
const news = (day: PupilDay, observations: readonly Observation[]): Observation[] => {
  const last = new Map(day.observations.map((one) => [one.lessonId, one]));
  return observations.filter((one) => {
    const known = last.get(one.lessonId);
    return known ? says(known) !== says(one) : one.state !== 'withdrawn';
  });
};

/** Each once, and only what takes back a treatment that stands. */
const newTreatments = (day: PupilDay, entries: readonly TreatmentEntry[]): TreatmentEntry[] => {
  const known = new Set(day.treatments.map(({ treatmentId }) => treatmentId));
  const undone = new Set(day.treatments.flatMap((entry) => (isTreatment(entry) ? [] : [entry.undoes])));
  return entries.filter(
    (entry) => !known.has(entry.treatmentId) && (isTreatment(entry) || (known.has(entry.undoes) && !undone.has(entry.undoes))),
  );
};

const changedStays = (day: PupilDay, stays: readonly Stay[]): Map<string, Stay> =>
  new Map(
    stays
      .filter((stay) => JSON.stringify(stay) !== JSON.stringify(day.stays?.find(({ stayId }) => stayId === stay.stayId)))
      .map((stay) => [stay.stayId, stay]),
  );

/**
 * The day with entries added, and what follows from them: absences, episodes, what is to be checked. Pure; the same day
 * comes back when nothing is new. Nothing that was entered is ever lost: a correction is an entry more. Whatever is entered of a pupil’s day
 * passes here: of an ended year it is refused.
 */
export const note = (day: PupilDay, entries: Entries, telling: Telling): PupilDay => {
  const observations = news(day, entries.observations ?? []);
  const undo = day.movements.find(({ movementId, undone }) => movementId === entries.undo?.movementId && !undone);
  const proof = day.answers.find(({ answerId, proof }) => answerId === entries.proof?.answerId && proof !== entries.proof.state);
  const undoneAction = day.actions.find(({ actionId, undone }) => actionId === entries.undoAction?.actionId && !undone);
  const { movements = [], answers = [], actions = [] } = entries;
  const treatments = newTreatments(day, entries.treatments ?? []);
  const stays = changedStays(day, entries.stays ?? []);
  if (
    observations.length + movements.length + answers.length + treatments.length + actions.length + stays.size === 0 &&
    !undo &&
    !undoneAction &&
    !proof
  )
    return day;
  refuseOver(day.date, telling);
  const next: PupilDay = {
    ...day,
    revision: day.revision + 1,
    observations: [...day.observations, ...observations],
    movements: [
      ...day.movements.map((one) =>
        one === undo && entries.undo ? { ...one, undone: { by: entries.undo.by, at: entries.undo.at } } : one,
      ),
      ...movements,
    ],
    answers: [...day.answers.map((one) => (one === proof && entries.proof ? { ...one, proof: entries.proof.state } : one)), ...answers],
    treatments: [...day.treatments, ...treatments],
    actions: [
      ...day.actions.map((one) =>
        one === undoneAction && entries.undoAction ? { ...one, undone: { by: entries.undoAction.by, at: entries.undoAction.at } } : one,
      ),
      ...actions,
    ],
    ...(stays.size > 0 && {
      stays: [...new Map([...(day.stays ?? []).map((stay) => [stay.stayId, stay] as const), ...stays]).values()],
    }),
  };
  const entered = [next.observations, next.movements, next.answers, next.treatments, next.actions, next.stays ?? []];
  if (entered.reduce((sum, { length }) => sum + length, 0) > MAX_ENTRIES) throw new Failure('refused', 'attendance.too-many-entries');
  const presence = presenceOf(next);
  const id = (prefix: string) => (n: number) =>
    `${prefix}_${day.date.replaceAll('-', '')}-${day.uai.toLowerCase()}-${day.pupilId.slice(2)}-${n}`;
  const { queue: _, ...rest } = next;
  return {
    ...rest,
    ...(factsOf(next).missed.some(({ open }) => open) && { queue: 'open' as const }),
    absences: followAbsences(day.absences, presence.runs, id('a')),
    episodes: followEpisodes(next, presence, telling, id('e')),
    toCheck: presence.toCheck.map(({ lessonId }) => lessonId),
  };
};
