import { DEFAULT_EXIT_RIGHTS, type ExitRight, type RightsByRegime, rightByRegime } from '../../shared/attendance/exit-right.ts';
import { countsOf, type DayFacts, factsOf, halfOf, missedHalfDays } from '../../shared/attendance/half-days.ts';
import { coverOf } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type { Remark } from '../../shared/attendance/remark.ts';
import { missedAbsences, treatedOf } from '../../shared/attendance/treated.ts';
import { isTreatment, standingTreatments } from '../../shared/attendance/treatment.ts';
import type * as routes from '../../shared/attendance/treatment-routes.ts';
import type { TimelineEntry } from '../../shared/attendance/treatment-routes.ts';
import { guardiansToTell } from '../../shared/directory/questions.ts';
import type { School } from '../../shared/directory/school.ts';
import { type AnswerOf, type AnswerTo, addDays, type Input, inFrench, type LocalDate, weekday } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import { named, peopleById, pupilAt } from './class-list.ts';
import { countingOf } from './counting-of.ts';
import { signedFor } from './exit-rights.ts';
import type { ApiPorts } from './manifest.ts';
import { schoolClock } from './school-clock.ts';
import { proposedFor, type Reasons, schoolReasons, shown } from './school-reasons.ts';

type Dossier = AnswerOf<typeof routes.dossier>;

/** Days of the timeline, and of the strip, when nothing else is asked for. */
const TIMELINE_DAYS = 60;
const STRIP_DAYS = 30;

const timelineOf = (day: PupilDay, reasons: Reasons): TimelineEntry[] => {
  const { date } = day;
  const standing = new Set(standingTreatments(day.treatments).map(({ treatmentId }) => treatmentId));
  return [
    ...day.observations.map((one) => ({ ...one, date, entry: 'observation' as const })),
    ...day.movements.map((one) => ({ ...one, date, entry: 'movement' as const })),
    ...day.answers.map((one) => ({ ...one, date, entry: 'answer' as const })),
    ...day.actions.map((one) => ({ ...one, date, entry: 'action' as const })),
    ...(day.stays ?? []).map((one) => ({ ...one, date, entry: 'stay' as const })),
    ...day.treatments.map((one) =>
      isTreatment(one)
        ? { ...shown(one, reasons), lessonIds: one.lessonIds, date, entry: 'treatment' as const, undone: !standing.has(one.treatmentId) }
        : { ...one, date, entry: 'undoing' as const },
    ),
  ];
};

const remarkOf = ({ uai: _, pupilId: __, revision: ___, ...remark }: Remark): TimelineEntry => ({ ...remark, entry: 'remark' });

/** What the family signed, or else the school’s for the regime. */
const exitOf = (
  found: readonly ({ entity: 'exitRules'; rights: RightsByRegime } | { entity: 'pupilExit'; right?: ExitRight | undefined; at: string })[],
  today: LocalDate,
  regime: string | undefined,
): ExitRight => {
  const own = signedFor(
    today,
    found.find((item) => item.entity === 'pupilExit'),
  );
  return own?.right ?? rightByRegime(found.find((item) => item.entity === 'exitRules')?.rights ?? DEFAULT_EXIT_RIGHTS, regime);
};

/** How often each was noted and not taken back. */
const countRemarks = (remarks: readonly Remark[]): Dossier['remarks'] =>
  [
    ...Map.groupBy(
      remarks.filter(({ undone }) => !undone),
      ({ label }) => label,
    ),
  ]
    .map(([label, some]) => ({ label, count: some.length }))
    .sort((a, b) => b.count - a.count || inFrench(a.label, b.label));

/** Everybody an entry names. */
const namedIn = (entry: TimelineEntry): string[] => {
  if (entry.entry === 'answer') return [entry.guardianId];
  const undoneBy = 'undone' in entry && typeof entry.undone === 'object' ? [entry.undone.by] : [];
  const about = entry.entry === 'action' ? entry.personId : entry.entry === 'movement' ? entry.announcedBy : undefined;
  return [entry.by, ...undoneBy, ...(about === undefined ? [] : [about])];
};

const householdsOf = (guardians: AnswerTo<typeof guardiansToTell>[number]['guardians']): Dossier['households'] =>
  [
    ...Map.groupBy(
      [...guardians].sort((a, b) => Number(b.contactFirst) - Number(a.contactFirst)),
      ({ householdId }) => householdId,
    ),
  ].map(([householdId, people]) => ({
    householdId,
    people: people.map(({ personId, familyName, givenName, civility, kinship, level, contactFirst, phones, language, email }) => ({
      personId,
      familyName,
      givenName,
      ...(civility !== undefined && { civility }),
      ...(kinship !== undefined && { kinship }),
      level,
      contactFirst,
      phones,
      language,
      hasEmail: email !== undefined,
    })),
  }));

type Half = 'morning' | 'afternoon';
type Cell = Dossier['strip'][number];

/** One cell for each half-day that has something to say, and for those without school. */
const stripOf = (days: ReadonlyMap<string, { day: PupilDay; facts: DayFacts }>, today: LocalDate, school: School): Cell[] => {
  const counting = countingOf(school);
  return Array.from({ length: STRIP_DAYS }, (_, index): Cell => {
    const date = addDays(today, index + 1 - STRIP_DAYS);
    const found = days.get(date);
    const missed = found ? missedHalfDays(found.facts, counting) : [];
    const stateOf = (half: Half): Cell[Half] => {
      const one = missed.find((missedHalf) => missedHalf.half === half);
      if (one?.justified) return 'justified';
      const inHalf = (lesson: { startMinute: number }) => halfOf(lesson, counting) === half;
      if (one) return found?.facts.missed.filter(inHalf).every((lesson) => coverOf(lesson, found.day)) ? 'known' : 'absent';
      if (found?.facts.late.some(inHalf)) return 'late';
      return counting.openHalfDays.some((open) => open.half === half && open.weekday === weekday(date)) ? undefined : 'closed';
    };
    const [morning, afternoon] = [stateOf('morning'), stateOf('afternoon')];
    return { date, ...(morning && { morning }), ...(afternoon && { afternoon }) };
  });
};

/** A pupil’s whole year in one query, what teachers noted in another; names, telephones and who may be told are asked for, not kept. */
export async function readDossier({ params: { uai, pupilId }, query }: Input<typeof routes.dossier>, ports: ApiPorts): Promise<Dossier> {
  const clock = await schoolClock(uai, ports);
  const { today, school } = clock;
  const year = schoolYearOf(today);
  const since = query.since ?? addDays(today, -TIMELINE_DAYS);
  const [reasons, { person, classLabel }, told, days, remarks, exit] = await Promise.all([
    schoolReasons(school, ports),
    pupilAt(uai, pupilId, today, ports),
    ports.ask(guardiansToTell, { uai, pupilIds: [pupilId], on: today }),
    ports.attendance.all('daysOfPupil', { uai, pupilId, from: year.from, until: year.until }),
    ports.attendance.all('remarksOfPupil', { uai, pupilId, from: year.from, before: addDays(year.until, 1) }),
    ports.attendance.read({ get: 'exitRules', key: { uai } }, { get: 'pupilExit', key: { uai, pupilId } }),
  ]);
  const family = told.find(({ pupil }) => pupil.pupilId === pupilId);
  const counting = countingOf(school);
  const newest = days.map((day) => ({ day, facts: factsOf(day) })).reverse();
  const inMonth = newest.filter(({ day }) => day.date.slice(0, 7) === today.slice(0, 7));
  const timeline = [
    ...newest.filter(({ day }) => day.date >= since).flatMap(({ day }) => timelineOf(day, reasons)),
    ...remarks.filter(({ date }) => date >= since).map(remarkOf),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const people = await peopleById(uai, timeline.flatMap(namedIn), ports);
  return {
    now: clock.now,
    timeZone: school.timeZone,
    today,
    pupil: {
      ...named(pupilId, person, classLabel),
      ...(person.regime !== undefined && { regime: person.regime }),
      adult: family?.pupil.adult ?? false,
      exit: exitOf(exit, today, person.regime),
    },
    unit: school.settings.countingUnit,
    counters: {
      month: countsOf(
        inMonth.map(({ facts }) => facts),
        counting,
      ),
      year: countsOf(
        newest.map(({ facts }) => facts),
        counting,
      ),
    },
    strip: stripOf(new Map(newest.map((one) => [one.day.date, one])), today, school),
    households: householdsOf(family?.guardians ?? []),
    absences: newest.flatMap(({ day, facts }) =>
      missedAbsences(day)
        .map(({ absenceId, fromMinute, untilMinute, lessons }) => {
          const lessonIds = lessons.map(({ lessonId }) => lessonId);
          const { state, treatment } = treatedOf(day, lessonIds);
          const last = lessons.at(-1);
          const proposed = proposedFor(day, lessonIds, last && coverOf(last, day)?.movement.reason, reasons);
          const halves = new Set(lessons.map((lesson) => halfOf(lesson, counting)));
          return {
            date: day.date,
            absenceId,
            fromMinute,
            untilMinute,
            lessons,
            halfDays: missedHalfDays(facts, counting).flatMap(({ half }) => (halves.has(half) ? [half] : [])),
            state,
            ...(treatment && { treatment: shown(treatment, reasons) }),
            ...(proposed !== undefined && { proposed }),
          };
        })
        .reverse(),
    ),
    latenesses: newest.flatMap(({ day }) =>
      factsOf({ ...day, treatments: [] })
        .late.map(({ lessonId, startMinute, minutes }) => {
          const { state, treatment } = treatedOf(day, [lessonId]);
          return {
            date: day.date,
            lessonId,
            startMinute,
            subject: day.observations.findLast((one) => one.lessonId === lessonId)?.subject ?? '',
            minutes,
            state,
            ...(treatment && { treatment: shown(treatment, reasons) }),
          };
        })
        .reverse(),
    ),
    remarks: countRemarks(remarks),
    timeline,
    since,
    earlier: [...days, ...remarks].some(({ date }) => date < since),
    people: Object.fromEntries(
      [...people].map(([personId, { familyName, givenName, civility }]) => [
        personId,
        { familyName, givenName, ...(civility !== undefined && { civility }) },
      ]),
    ),
  };
}
