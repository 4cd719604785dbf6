import { type Change, type Occurrence, occur } from '../kernel/index.ts';
import type { ArrangedMonth } from './arrangement.ts';
import type { Absence } from './episode.ts';
import {
  absenceClosed,
  absenceCorrected,
  absenceExtended,
  absenceOpened,
  answerReceived,
  arrangementChanged,
  episodeChanged,
  pupilDayChanged,
  pupilRemarked,
  registerDue,
  rollCallChased,
  rollCallSaved,
  thresholdCrossed,
  yearErased,
} from './events.ts';
import { factsOf } from './half-days.ts';
import type { PupilDay } from './pupil-day.ts';
import type { PupilMonth } from './pupil-month.ts';
import type { ChasedSchool } from './reminder.ts';
import type { attendance } from './table.ts';

const lessonsOf = ({ lessons }: Absence): string[] => lessons.map(({ lessonId }) => lessonId);

/** Which of the four things happened to an absence, if any. */
const happened = (before: Absence | undefined, after: Absence) => {
  if (!before) return absenceOpened;
  const had = lessonsOf(before);
  const has = lessonsOf(after);
  const kept = had.every((lessonId) => has.includes(lessonId));
  if (before.state === 'open' && after.state === 'closed' && kept && had.length === has.length) return absenceClosed;
  if (before.state === 'open' && after.state === 'open' && kept && has.length > had.length) return absenceExtended;
  const unchanged =
    before.state === after.state &&
    kept &&
    had.length === has.length &&
    before.fromMinute === after.fromMinute &&
    before.untilMinute === after.untilMinute;
  return unchanged ? undefined : absenceCorrected;
};

const ofPupilDay = (before: PupilDay | undefined, after: PupilDay): Occurrence[] => {
  const { uai, date, pupilId, revision } = after;
  const of = { uai, date, pupilId, revision };
  const absences = after.absences.flatMap((absence): Occurrence[] => {
    const event = happened(
      before?.absences.find(({ absenceId }) => absenceId === absence.absenceId),
      absence,
    );
    return event ? [occur(event, { ...of, absenceId: absence.absenceId })] : [];
  });
  const known = new Map(before?.episodes.map(({ episodeId, revision }) => [episodeId, revision]));
  const episodes = after.episodes
    .filter((episode) => known.get(episode.episodeId) !== episode.revision)
    .map(({ episodeId }) => occur(episodeChanged, { ...of, episodeId }));
  const answers = after.answers
    .slice(before?.answers.length ?? 0)
    .map(({ episodeId, guardianId }) => occur(answerReceived, { ...of, episodeId, guardianId }));
  const counts = (day: PupilDay | undefined) => day && JSON.stringify({ ...factsOf(day), date: undefined });
  const nothing = JSON.stringify({ missed: [], late: [], absences: [] });
  const changed = (counts(before) ?? nothing) === (counts(after) ?? nothing) ? [] : [occur(pupilDayChanged, of)];
  return [...absences, ...episodes, ...answers, ...changed] as Occurrence[];
};

const ofPupilMonth = (before: PupilMonth | undefined, { uai, month, pupilId, revision, alerts }: PupilMonth): Occurrence[] =>
  alerts
    .filter(({ kind, state }) => state === 'raised' && before?.alerts.find((one) => one.kind === kind)?.state !== 'raised')
    .map(({ kind }) => occur(thresholdCrossed, { uai, month, pupilId, kind, revision }) as Occurrence);

const ofArrangedMonth = (before: ArrangedMonth | undefined, { uai, month, arrangements }: ArrangedMonth): Occurrence[] => {
  const known = new Map(before?.arrangements.map(({ arrangementId, revision }) => [arrangementId, revision]));
  return arrangements
    .filter(({ arrangementId, revision }) => known.get(arrangementId) !== revision)
    .map(
      ({ arrangementId, from, until, revision }) =>
        occur(arrangementChanged, { uai, month, arrangementId, from, until, revision }) as Occurrence,
    );
};

/** The last day of a school year; a new school’s was erased by nobody. */
const ofErasure = (before: ChasedSchool | undefined, { uai, erasedUntil }: ChasedSchool): Occurrence[] =>
  before && erasedUntil?.endsWith('-07-31') && before.erasedUntil !== erasedUntil
    ? [occur(yearErased, { uai, until: erasedUntil }) as Occurrence]
    : [];

/** What the table’s changes mean to others. Removals (the summer purge) and attempts mean nothing. */
export const eventsOf = (change: Change<typeof attendance>): readonly Occurrence[] => {
  if (change.entity === 'pupilDay' && change.after) return ofPupilDay(change.before, change.after);
  if (change.entity === 'pupilMonth' && change.after) return ofPupilMonth(change.before, change.after);
  if (change.entity === 'rollCall' && change.after && change.before?.revision !== change.after.revision) {
    const { uai, date, lessonId, revision } = change.after;
    return [occur(rollCallSaved, { uai, date, lessonId, revision }) as Occurrence];
  }
  if (change.entity === 'registerArchive' && change.after?.state === 'under-way' && change.before?.revision !== change.after.revision) {
    const { uai, year, revision } = change.after;
    return [occur(registerDue, { uai, year, revision }) as Occurrence];
  }
  if (change.entity === 'chasedSchool' && change.after) return ofErasure(change.before, change.after);
  if (change.entity === 'arrangedMonth' && change.after) return ofArrangedMonth(change.before, change.after);
  if (change.entity === 'reminder' && change.after && change.before?.revision !== change.after.revision) {
    const { uai, date, lessonId, revision } = change.after;
    return [occur(rollCallChased, { uai, date, lessonId, revision }) as Occurrence];
  }
  if (change.entity === 'remark' && change.after && change.before?.revision !== change.after.revision) {
    const { uai, date, pupilId, lessonId, remarkId, visible, undone, revision } = change.after;
    return [
      occur(pupilRemarked, { uai, date, pupilId, lessonId, remarkId, visible, undone: undone !== undefined, revision }) as Occurrence,
    ];
  }
  return [];
};
