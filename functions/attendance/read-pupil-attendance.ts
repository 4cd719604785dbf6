import { announcementBegins, isOwnAnnouncement } from '../../shared/attendance/announcement.ts';
import { type Arrangement, arrangedIn, isFor, lastDayOf, markUnder, monthsOf, standsOn } from '../../shared/attendance/arrangement.ts';
import { active, coverOf, isSeen, presenceOf, seenBetween, standing, stayAt } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import { ANNOUNCED_AHEAD } from '../../shared/attendance/routes.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import { treatedOf } from '../../shared/attendance/treated.ts';
import { type AnswerOf, addDays, type Input } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { officeDay } from '../runtime/office-day.ts';
import { named, pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock, recordOf, type SchoolClock } from './school-clock.ts';

type Answered = AnswerOf<typeof routes.pupilAttendance>;
type Ribbon = Answered['today']['lessons'];

const HISTORY_DAYS = 30;
/** How far ahead a family reads what is arranged. */
const ARRANGED_SHOWN = 60;

const ribbon = (
  lessons: readonly Lesson[],
  rollCalls: ReadonlyMap<string, RollCall>,
  pupilId: string,
  day: PupilDay | undefined,
  expected: (lesson: Lesson) => Arrangement | undefined,
  { begun, today, minute }: SchoolClock,
): Ribbon =>
  lessons.map((lesson) => {
    const { lessonId, startMinute, endMinute, subject, rooms } = lesson;
    const seen = day && standing(day.observations).find((one) => one.lessonId === lessonId);
    const cover = day && coverOf(lesson, day);
    const rollCall = rollCalls.get(lessonId);
    const toCheck = day?.toCheck.includes(lessonId);
    const called = rollCall?.state === 'done' && rollCall.pupilIds.includes(pupilId);
    // Kept at school when it began: nobody was missing.
    const stayed = seen?.state === 'absent' && day && stayAt(lesson.startMinute, day);
    const observed = stayed
      ? 'elsewhere'
      : seen?.state === 'absent' && cover
        ? 'announced'
        : toCheck
          ? 'unknown'
          : (seen?.state ?? (called ? 'present' : undefined));
    const arranged = expected(lesson);
    const beforehand = arranged && !arranged.inRoom && !cover ? markUnder(arranged) : undefined;
    const state = lesson.notHeld
      ? 'not-held'
      : observed && observed !== 'withdrawn'
        ? observed
        : cover
          ? 'announced'
          : beforehand
            ? beforehand.state
            : begun(today, startMinute)
              ? 'unknown'
              : 'to-come';
    const place = (seen ?? beforehand)?.place;
    return {
      lessonId,
      startMinute,
      endMinute,
      subject: subject.label,
      rooms,
      state,
      ...(state === 'elsewhere' && place && { place }),
      ...(state === 'late' && seen?.minutes !== undefined && { minutes: seen.minutes }),
      current: startMinute <= minute && minute < endMinute && !lesson.notHeld,
    };
  });

const isSeenIn = ({ state, place }: Ribbon[number]): boolean =>
  (state === 'present' || state === 'late' || state === 'elsewhere') && isSeen({ state, place });

/** What the last roll call or the desk says of the pupil now. */
const statusOf = (
  day: PupilDay | undefined,
  lessons: Ribbon,
  rollCalls: ReadonlyMap<string, RollCall>,
  arrangements: readonly Arrangement[],
  clock: SchoolClock,
): Pick<Answered['today'], 'status' | 'awayFor' | 'statusAt' | 'sinceMinute'> => {
  const lastLeft = day && active(day.movements).findLast(({ kind, minute }) => kind === 'left' && minute <= clock.minute);
  const run = day && presenceOf(day).runs.at(-1);
  const last = lessons.findLast((lesson) => isSeenIn(lesson));
  const out = run?.seenMinute === undefined ? run?.lessons.at(-1) : undefined;
  if (day && out && run?.lessons[0] && !(last && last.startMinute > out.startMinute)) {
    const known = coverOf(out, day);
    return {
      status: known?.movement.kind === 'left' ? 'left' : known ? 'announced' : 'absent',
      statusAt: out.at,
      sinceMinute: run.lessons[0].startMinute,
    };
  }
  if (lastLeft && !(last && last.startMinute > lastLeft.minute))
    return { status: 'left', statusAt: lastLeft.at, sinceMinute: lastLeft.minute };
  const away = arrangements.find(
    ({ kind, fromMinute = 0, untilMinute = 1440 }) =>
      kind !== 'exemption' &&
      fromMinute <= clock.minute &&
      clock.minute < untilMinute &&
      !(last && last.startMinute >= fromMinute) &&
      !(day && seenBetween(day, fromMinute, clock.minute)),
  );
  const announced = lessons.some(({ state, current }) => state === 'announced' && current);
  if (away && away.kind !== 'exemption' && !announced)
    return { status: 'away', awayFor: away.kind, statusAt: away.at, sinceMinute: away.fromMinute ?? 0 };
  const arrival = day && active(day.movements).findLast(({ kind }) => kind === 'arrived');
  if (arrival && !(last && last.startMinute > arrival.minute))
    return { status: 'present', statusAt: arrival.at, sinceMinute: arrival.minute };
  if (last) {
    const statusAt = rollCalls.get(last.lessonId)?.savedAt;
    return { status: 'present', ...(statusAt !== undefined && { statusAt }), sinceMinute: last.startMinute };
  }
  return { status: announced ? 'announced' : 'unknown' };
};

const historyOf = (day: PupilDay, halfDaySwitch: number): Answered['days'][number] => {
  const absences = day.absences
    .filter(({ state }) => state !== 'cancelled')
    .map(({ absenceId, fromMinute, untilMinute, lessons }) => ({
      absenceId,
      fromMinute,
      untilMinute,
      known: lessons.every((lesson) => coverOf(lesson, day) !== undefined),
      lessons,
    }));
  const late = standing(day.observations)
    .filter(({ state }) => state === 'late')
    .map(({ startMinute, subject, minutes = 0 }) => ({ startMinute, subject, minutes }));
  const half = (from: number, until: number) => {
    const missed = absences.flatMap(({ lessons }) => lessons).filter(({ startMinute }) => from <= startMinute && startMinute < until);
    if (missed.length > 0) return missed.every((lesson) => coverOf(lesson, day)) ? 'known' : 'absent';
    return late.some(({ startMinute }) => from <= startMinute && startMinute < until) ? 'late' : undefined;
  };
  const morning = half(0, halfDaySwitch);
  const afternoon = half(halfDaySwitch, 1441);
  return {
    date: day.date,
    ...(morning && { morning }),
    ...(afternoon && { afternoon }),
    absences: absences.map(({ lessons: _, ...absence }) => absence),
    late,
  };
};

/** The pupil’s day at the school: that of Paris, unless the school’s clock shows another. */
const dayOf = async (uai: string, pupilId: string, ports: Pick<ApiPorts, 'ask' | 'clock'>) => {
  const date = officeDay(ports.clock.civil());
  const asked = await ports.ask(dayOfLessons, { uai, date, pupilId });
  const clock = await dayClock(uai, asked, ports);
  return clock.today === date ? { ...asked, clock } : { ...(await ports.ask(dayOfLessons, { uai, date: clock.today, pupilId })), clock };
};

/**
 * A pupil's own day and month. What a guardian answered is shown to that guardian alone: nothing here tells of the
 * other one's answers, and no reason is shown to anybody.
 */
export async function readPupilAttendance(
  { params: { uai, pupilId }, caller }: Input<typeof routes.pupilAttendance>,
  ports: ApiPorts,
): Promise<Answered> {
  const own = recordOf(caller, uai);
  const { clock, schoolDay, closedBecause, lessons, pupil } = await dayOf(uai, pupilId, ports);
  const { today, school } = clock;
  // In no class or group, or nobody's pupil.
  const person = pupil ?? (await pupilAt(uai, pupilId, today, ports)).person;
  const [days, read] = await Promise.all([
    ports.attendance.all('daysOfPupil', { uai, pupilId, from: addDays(today, -HISTORY_DAYS), until: addDays(today, ANNOUNCED_AHEAD) }),
    ports.attendance.read(
      ...lessons
        .filter(({ startMinute }) => clock.begun(today, startMinute - 5))
        .map(({ lessonId }) => ({ get: 'rollCall' as const, key: { uai, date: today, lessonId } })),
      ...monthsOf({ from: today, until: addDays(today, ARRANGED_SHOWN) }).map((month) => ({
        get: 'arrangedMonth' as const,
        key: { uai, month },
      })),
    ),
  ]);
  const called = read.filter((item) => item.entity === 'rollCall');
  const all = new Map(
    read.flatMap((item) => (item.entity === 'arrangedMonth' ? item.arrangements.map((one) => [one.arrangementId, one] as const) : [])),
  );
  const who = { pupilId, groups: person.groups };
  const theirs = [...all.values()].filter((one) => isFor(one, who) && lastDayOf(one) >= today && lastDayOf(one) >= one.from);
  const arrangedToday = theirs.filter((one) => standsOn(one, today));
  const rollCalls = new Map(called.map((rollCall) => [rollCall.lessonId, rollCall]));
  const now = days.find(({ date }) => date === today);
  const mine = lessons.filter(({ lessonId }) => !rollCalls.get(lessonId)?.removed.includes(pupilId));
  const lessonsToday = ribbon(mine, rollCalls, pupilId, now, (lesson) => arrangedIn(lesson, who, arrangedToday, now), clock);
  const past = days.filter(({ date }) => date <= today).reverse();
  const counts = ({ guardianId }: { guardianId: string }): boolean => caller.door === 'staff' || guardianId === own;
  return {
    pupil: named(pupilId, person, pupil?.classLabel),
    now: clock.now,
    timeZone: school.timeZone,
    today: {
      date: today,
      schoolDay,
      ...(closedBecause !== undefined && { closedBecause }),
      lessons: lessonsToday,
      ...statusOf(now, lessonsToday, rollCalls, arrangedToday, clock),
    },
    toJustify: past.flatMap((day) => {
      const { date, episodes, answers, absences } = day;
      return episodes
        .filter(
          ({ episodeId, state, announcedBy, lessonIds }) =>
            (state === 'open' || state === 'arrived' || state === 'ended') &&
            announcedBy !== own &&
            absences.some(
              (absence) => absence.state !== 'cancelled' && absence.lessons.some(({ lessonId }) => lessonIds.includes(lessonId)),
            ) &&
            treatedOf(day, lessonIds).state !== 'settled' &&
            !answers.some((answer) => answer.episodeId === episodeId && counts(answer)),
        )
        .map(({ episodeId, startMinute, endMinute, subject, state, seenMinute }) => ({
          date,
          episodeId,
          fromMinute: startMinute,
          untilMinute: endMinute,
          subject,
          state,
          ...(seenMinute !== undefined && { seenMinute }),
        }))
        .reverse();
    }),
    answered: past.flatMap(({ date, answers }) =>
      answers
        .filter(counts)
        .map(({ episodeId, reason, at }) => ({ date, episodeId, reason, at }))
        .reverse(),
    ),
    announced: days
      .filter(({ date }) => date >= today)
      .flatMap(({ date, movements }) =>
        active(movements)
          .filter(({ kind }) => kind === 'announced')
          .map((movement) => ({
            date,
            fromMinute: movement.minute,
            untilMinute: movement.until ?? 1440,
            ...(caller.door === 'guardian' &&
              isOwnAnnouncement(movement, own) &&
              !clock.begun(date, date === today ? announcementBegins(movement, lessons) : movement.minute) && {
                announcementId: movement.movementId,
              }),
          })),
      ),
    arranged: theirs
      .map(({ kind, from, fromMinute, untilMinute, weekdays, inRoom, subject, ...one }) => ({
        kind,
        from,
        until: lastDayOf(one),
        ...(fromMinute !== undefined && { fromMinute }),
        ...(untilMinute !== undefined && { untilMinute }),
        ...(weekdays && { weekdays }),
        ...(inRoom && { inRoom }),
        ...(subject && { subject: subject.label }),
      }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    days: past
      .map((day) => historyOf(day, school.settings.halfDaySwitch))
      .filter(({ absences, late }) => absences.length + late.length > 0),
  };
}
