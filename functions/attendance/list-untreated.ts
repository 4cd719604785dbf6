import { factsOf, missedHalfDays } from '../../shared/attendance/half-days.ts';
import { coverOf, presenceOf } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { countTowards, monthOf } from '../../shared/attendance/pupil-month.ts';
import { missedAbsences, treatedOf } from '../../shared/attendance/treated.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import { QUEUE_URGENCIES, type UntreatedAbsence } from '../../shared/attendance/treatment-routes.ts';
import type { School } from '../../shared/directory/school.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { named, peopleById } from './class-list.ts';
import { countingOf, thresholdsOf } from './counting-of.ts';
import type { ApiPorts } from './manifest.ts';
import { readable } from './readable-answer.ts';
import { schoolClock } from './school-clock.ts';
import { proposedFor, type Reasons, schoolReasons, shown } from './school-reasons.ts';

type Row = Omit<UntreatedAbsence, 'familyName' | 'givenName' | 'answers'> & { readonly day: PupilDay };

/** The answers about these lessons, and of them what stands of each guardian: what they said last. */
const answersOf = (day: PupilDay, lessonIds: readonly string[]) => {
  const own = day.episodes.filter((episode) => episode.lessonIds.some((id) => lessonIds.includes(id))).map(({ episodeId }) => episodeId);
  const all = day.answers.filter(({ episodeId }) => own.includes(episodeId));
  return { all, standing: [...new Map(all.map((answer) => [answer.guardianId, answer])).values()] };
};

const rowsOf = (day: PupilDay, month: Row['month'], school: School, reasons: Reasons): Row[] => {
  const halfDays = missedHalfDays(factsOf(day), countingOf(school));
  const { runs } = presenceOf(day);
  return missedAbsences(day).flatMap((absence): Row[] => {
    const lessonIds = absence.lessons.map(({ lessonId }) => lessonId);
    const { state, treatment } = treatedOf(day, lessonIds);
    if (state === 'settled') return [];
    const run = runs.find(({ lessons }) => lessons.some(({ lessonId }) => lessonIds.includes(lessonId)));
    const last = absence.lessons.at(-1);
    const cover = last && coverOf(last, day);
    const { standing } = answersOf(day, lessonIds);
    const action = day.actions.findLast(({ undone }) => !undone);
    const proposed = proposedFor(day, lessonIds, cover?.movement.reason, reasons);
    const urgency =
      state === 'awaiting'
        ? 'to-settle'
        : cover
          ? 'known'
          : absence.state === 'open' && run?.lastSeenMinute !== undefined
            ? 'seen-then-gone'
            : standing.some(({ reason }) => reason === 'unknown')
              ? 'did-not-know'
              : standing.length > 0
                ? 'answered'
                : month.halfDaysWithoutReason >= month.threshold - 1
                  ? 'threshold-near'
                  : 'without-reason';
    return [
      {
        day,
        pupilId: day.pupilId,
        date: day.date,
        absenceId: absence.absenceId,
        fromMinute: absence.fromMinute,
        untilMinute: absence.untilMinute,
        going: absence.state === 'open',
        ...(run?.lastSeenMinute !== undefined && { seenMinute: run.lastSeenMinute }),
        ...(cover && {
          known: {
            source: cover.announcedBy === undefined ? ('school-life' as const) : ('family' as const),
            at: cover.movement.at,
            ...(cover.movement.reason && { reason: cover.movement.reason }),
            ...(cover.announcedBy !== undefined && { announcedBy: cover.announcedBy }),
          },
        }),
        lessons: absence.lessons,
        halfDays: halfDays
          .filter(({ half }) =>
            absence.lessons.some(({ startMinute }) => startMinute < school.settings.halfDaySwitch === (half === 'morning')),
          )
          .map(({ half }) => half),
        ...(treatment && { treatment: shown(treatment, reasons) }),
        ...(proposed !== undefined && { proposed }),
        ...(action && { lastAction: { actionId: action.actionId, kind: action.kind, at: action.at } }),
        month,
        urgency,
      },
    ];
  });
};

/**
 * What is still to be treated: one query of a sparse index, one of the month’s figures. The whole of it is ordered, a page of it is named. An absence of the past
 * is « open » as long as nobody saw the pupil that day; only today's is going on.
 */
export async function listUntreated(
  {
    params: { uai },
    query: { show = 'all', from = 0, limit = 50 },
  }: Pick<Input<typeof routes.listUntreated>, 'params'> & {
    query: Partial<Input<typeof routes.listUntreated>['query']>;
  },
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.listUntreated>> {
  const [clock, all] = await Promise.all([schoolClock(uai, ports), ports.attendance.all('untreated', { uai })]);
  // What was left of an ended year is settled by nobody any more.
  const days = all.filter(({ date }) => date >= clock.telling.openFrom);
  const [reasons, months] = await Promise.all([
    schoolReasons(clock.school, ports),
    ports.attendance.all('monthOfSchool', { uai, month: monthOf(clock.today) }),
  ]);
  const counting = countingOf(clock.school);
  const threshold = thresholdsOf(clock.school).commission;
  const counted = new Map(months.map((month) => [month.pupilId, countTowards('commission', month, counting)]));
  const monthOfPupil = (pupilId: string) => ({ halfDaysWithoutReason: counted.get(pupilId) ?? 0, threshold });
  const rows = days
    .flatMap((day) => rowsOf(day, monthOfPupil(day.pupilId), clock.school, reasons))
    .map((row) => (row.date === clock.today ? row : { ...row, going: false }))
    .map((row) => (row.urgency === 'seen-then-gone' && !row.going ? { ...row, urgency: 'without-reason' as const } : row));
  const toSettle = rows.filter(({ urgency }) => urgency === 'to-settle').length;
  const wanted = rows
    .filter(({ urgency }) => show === 'all' || (show === 'to-settle') === (urgency === 'to-settle'))
    .sort(
      (a, b) =>
        QUEUE_URGENCIES.indexOf(a.urgency) - QUEUE_URGENCIES.indexOf(b.urgency) ||
        (a.date === b.date ? a.fromMinute - b.fromMinute : a.date < b.date ? 1 : -1) ||
        (a.pupilId < b.pupilId ? -1 : 1),
    );
  const page = wanted.slice(from, from + limit);
  const people = await peopleById(
    uai,
    page.flatMap(({ day }) => [day.pupilId, ...day.answers.map(({ guardianId }) => guardianId)]),
    ports,
  );
  return {
    now: clock.now,
    timeZone: clock.school.timeZone,
    total: rows.length,
    withoutReason: rows.length - toSettle,
    toSettle,
    absences: page.map(({ day, ...row }) => {
      const person = people.get(day.pupilId);
      return {
        ...named(day.pupilId, person, day.classLabel),
        ...(person?.regime !== undefined && { regime: person.regime }),
        ...row,
        answers: answersOf(
          day,
          row.lessons.map(({ lessonId }) => lessonId),
        ).all.map((answer) => readable(answer, people)),
      };
    }),
    ...(from + limit < wanted.length && { next: from + limit }),
  };
}
