import { isTakenBack } from '../../shared/attendance/episode.ts';
import { active, coverOf, isSeen, type MissedRun, presenceOf, standing } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay, PupilOfDay } from '../../shared/attendance/pupil-day.ts';
import type { Reminder } from '../../shared/attendance/reminder.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import type { Absentee } from '../../shared/attendance/routes.ts';
import { type Called, calledIn } from '../../shared/attendance/table.ts';
import type { Person } from '../../shared/directory/person.ts';
import { type AnswerOf, daysBetween, type Input } from '../../shared/kernel/index.ts';
import type { Lesson, LessonTeacher } from '../../shared/timetable/lesson.ts';
import { schoolDay as schoolDayOf } from '../../shared/timetable/questions.ts';
import { isStudyRoom } from '../../shared/timetable/study-room.ts';
import { expectedIn } from '../../shared/timetable/week.ts';
import { withArrivedProofs } from './arrived-proofs.ts';
import { byName, cardOf, named, peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { readable } from './readable-answer.ts';
import { dayClock, type SchoolClock } from './school-clock.ts';

type Board = AnswerOf<typeof routes.board>;

const URGENCIES: readonly Absentee['urgency'][] = ['did-not-know', 'seen-then-gone', 'without-reason', 'answered', 'known'];

/** The lessons going on, or those of the last slot that began; nobody is expected in a study room. */
const currentSlot = <L extends Pick<Lesson, 'startMinute' | 'endMinute' | 'notHeld' | 'groupIds'>>(
  lessons: readonly L[],
  date: string,
  clock: SchoolClock,
): L[] => {
  const begun = lessons.filter((lesson) => !lesson.notHeld && !isStudyRoom(lesson) && clock.begun(date, lesson.startMinute));
  const going = date === clock.today ? begun.filter(({ endMinute }) => clock.minute < endMinute) : [];
  if (going.length > 0) return going;
  const last = Math.max(...begun.map(({ startMinute }) => startMinute));
  return begun.filter(({ startMinute }) => startMinute === last);
};

const slim = ({ lessonId, startMinute, subject }: { lessonId: string; startMinute: number; subject: string }) => ({
  lessonId,
  startMinute,
  subject,
});

type Pupil = ReturnType<typeof named> & { regime?: string };
type People = ReadonlyMap<string, Person>;

const absenteeOf = (day: PupilDay, run: MissedRun, pupil: Pupil, people: People): Absentee | undefined => {
  const ids = run.lessons.map(({ lessonId }) => lessonId);
  const absence = day.absences.find(
    ({ state, lessons }) => state !== 'cancelled' && lessons.some(({ lessonId }) => ids.includes(lessonId)),
  );
  const last = run.lessons.at(-1);
  if (!absence || !last) return undefined;
  const episode = day.episodes.findLast((one) => !isTakenBack(one) && one.lessonIds.some((id) => ids.includes(id)));
  const own = new Set(day.episodes.filter(({ lessonIds }) => lessonIds.some((id) => ids.includes(id))).map(({ episodeId }) => episodeId));
  const answers = day.answers.filter(({ episodeId }) => own.has(episodeId));
  // What stands of a guardian is what they said last.
  const standingAnswers = [...new Map(answers.map((answer) => [answer.guardianId, answer])).values()];
  const cover = coverOf(last, day);
  const urgency = standingAnswers.some(({ reason }) => reason === 'unknown')
    ? 'did-not-know'
    : cover
      ? 'known'
      : standingAnswers.length > 0
        ? 'answered'
        : run.lastSeenMinute !== undefined
          ? 'seen-then-gone'
          : 'without-reason';
  return {
    ...pupil,
    absenceId: absence.absenceId,
    ...(episode && {
      episode: {
        episodeId: episode.episodeId,
        state: episode.state,
        startMinute: episode.startMinute,
        savedAt: episode.savedAt,
        dueAt: episode.dueAt,
        seenBefore: episode.seenBefore,
      },
    }),
    fromMinute: absence.fromMinute,
    ...(run.lastSeenMinute !== undefined && { seenMinute: run.lastSeenMinute }),
    lessons: run.lessons.map(({ startMinute, endMinute, subject }) => ({ startMinute, endMinute, subject })),
    ...(cover && {
      known: {
        source: cover.announcedBy === undefined ? 'school-life' : 'family',
        at: cover.movement.at,
        ...(cover.movement.reason && { reason: cover.movement.reason }),
        ...(cover.announcedBy !== undefined && { announcedBy: cover.announcedBy }),
      },
    }),
    answers: answers.map((answer) => readable(answer, people)),
    urgency,
  };
};

const latenessesOf = (day: PupilDay, pupil: Pupil): Board['latecomers'] => {
  const lessons = standing(day.observations);
  const called = lessons
    .filter(({ state }) => state === 'late')
    .map(({ startMinute, subject, minutes = 0 }) => ({ ...pupil, startMinute, subject, minutes, source: 'roll-call' as const }));
  const noted = active(day.movements)
    .filter(({ kind }) => kind === 'arrived')
    .flatMap(({ minute }) => {
      const missed = lessons.find(({ state, startMinute, endMinute }) => state === 'absent' && startMinute < minute && minute < endMinute);
      return missed
        ? [
            {
              ...pupil,
              startMinute: missed.startMinute,
              subject: missed.subject,
              minutes: minute - missed.startMinute,
              source: 'desk' as const,
            },
          ]
        : [];
    });
  return [...called, ...noted];
};

const toCheckOf = (day: PupilDay, pupil: Pupil): Board['toCheck'] => {
  const lessons = standing(day.observations);
  return presenceOf(day).toCheck.map((absentIn) => ({
    ...pupil,
    absentIn: slim(absentIn),
    seenIn: lessons
      .filter(isSeen)
      .filter(({ startMinute, endMinute }) => startMinute < absentIn.endMinute && absentIn.startMinute < endMinute)
      .map(slim),
  }));
};

/** Teachers whose names came with the lesson. */
const namedIn = (teachers: readonly LessonTeacher[]) =>
  new Map(teachers.filter(({ familyName }) => familyName !== undefined).map((teacher) => [teacher.personId, teacher]));

const askedFor = (reminder: Reminder | undefined) => {
  const last = reminder?.sent.at(-1);
  return last && { reminder: { at: last.at, automatic: last.by === undefined } };
};

export async function readBoard({ params: { uai, date } }: Input<typeof routes.board>, ports: ApiPorts): Promise<Board> {
  const [asked, items] = await Promise.all([ports.ask(schoolDayOf, { uai, date }), ports.attendance.all('board', { uai, date })]);
  const { schoolDay, closedBecause, lessons } = asked;
  const clock = await dayClock(uai, asked, ports);
  const rollCalls = new Map<string, Called>();
  const reminders = new Map<string, Reminder>();
  const stored: PupilDay[] = [];
  for (const item of items) {
    if (item.entity === 'pupilDay') stored.push(item);
    else if (item.entity === 'reminder') reminders.set(item.lessonId, item);
    else for (const [lessonId, called] of calledIn(item)) rollCalls.set(lessonId, called);
  }
  const days = await withArrivedProofs(stored, async () => clock, ports);
  const held = lessons.filter((lesson) => !lesson.notHeld && clock.begun(date, lesson.startMinute));
  const undone = held.filter(({ lessonId }) => rollCalls.get(lessonId)?.state !== 'done');
  const slot = currentSlot(lessons, date, clock);
  // Days and lessons carry their people's names: asked for is only whom nobody named.
  const people = await peopleById(
    uai,
    [
      ...days.flatMap(({ pupilId, pupil, answers }) => [
        ...(pupil ? [] : [pupilId]),
        ...answers.flatMap(({ guardianId, guardian }) => (guardian ? [] : [guardianId])),
      ]),
      ...undone.flatMap(({ teacherIds, teachers }) => teacherIds.filter((id) => !namedIn(teachers).has(id))),
    ],
    ports,
  );
  const recordOf = ({ pupilId, pupil }: PupilDay): PupilOfDay | undefined => pupil ?? people.get(pupilId);
  const pupilOf = (day: PupilDay): Pupil => {
    const record = recordOf(day);
    return {
      ...named(day.pupilId, record, day.classLabel),
      ...(record?.regime !== undefined && { regime: record.regime }),
    };
  };
  const absentees: Absentee[] = [];
  const inSlot = new Set(slot.flatMap(({ groupIds }) => groupIds));
  const removed = new Set(slot.flatMap(({ lessonId }) => rollCalls.get(lessonId)?.removed ?? []));
  const expected = expectedIn(slot) - removed.size;
  let missing = 0;
  for (const day of days) {
    const run = presenceOf(day).runs.at(-1);
    const absentee = run && run.seenMinute === undefined ? absenteeOf(day, run, pupilOf(day), people) : undefined;
    if (!absentee) continue;
    absentees.push(absentee);
    if (!removed.has(day.pupilId) && recordOf(day)?.groups.some((groupId) => inSlot.has(groupId))) missing += 1;
  }
  absentees.sort((a, b) => URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || a.fromMinute - b.fromMinute || byName(a, b));
  const latecomers = days.flatMap((day) => latenessesOf(day, pupilOf(day))).sort((a, b) => b.startMinute - a.startMinute || byName(a, b));
  const withReason = absentees.filter(({ urgency }) => urgency === 'known' || urgency === 'answered').length;
  return {
    date,
    now: clock.now,
    timeZone: clock.school.timeZone,
    schoolDay,
    ...(closedBecause !== undefined && { closedBecause }),
    counters: {
      expected,
      present: Math.max(0, expected - missing),
      absentWithoutReason: absentees.length - withReason,
      absentKnown: withReason,
      late: new Set(latecomers.map(({ pupilId }) => pupilId)).size,
      rollCallsDue: held.length,
      rollCallsDone: held.length - undone.length,
    },
    absentees,
    returned: days
      .flatMap((day) =>
        day.absences
          .filter(({ state }) => state === 'closed')
          .map(({ absenceId, fromMinute, untilMinute }) => ({ ...pupilOf(day), absenceId, fromMinute, untilMinute })),
      )
      .sort((a, b) => b.untilMinute - a.untilMinute || byName(a, b)),
    latecomers,
    rollCalls: undone
      .map((lesson) => ({
        ...cardOf(lesson),
        state: rollCalls.has(lesson.lessonId) ? ('begun' as const) : ('todo' as const),
        minutesElapsed: clock.minute - lesson.startMinute + daysBetween(date, clock.today) * 1440,
        teachers: lesson.teacherIds.flatMap((personId) => {
          const { familyName, givenName, civility } = namedIn(lesson.teachers).get(personId) ?? people.get(personId) ?? {};
          if (familyName === undefined || givenName === undefined) return [];
          return [{ personId, familyName, givenName, ...(civility !== undefined && { civility }) }];
        }),
        ...askedFor(reminders.get(lesson.lessonId)),
      }))
      .sort((a, b) => b.startMinute - a.startMinute),
    toCheck: days.flatMap((day) => toCheckOf(day, pupilOf(day))).sort(byName),
    movements: days
      .flatMap((day) => active(day.movements).map((movement) => ({ ...movement, pupil: pupilOf(day) })))
      .sort((a, b) => (a.at < b.at ? 1 : -1)),
  };
}
