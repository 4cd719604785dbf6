import { type Arrangement, arrangedIn, asArranged, markUnder } from '../../shared/attendance/arrangement.ts';
import { active, coverOf, isSeen, standing, stayAt } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import type * as routes from '../../shared/attendance/routes.ts';
import type { KnownAbsence, SheetPupil } from '../../shared/attendance/routes.ts';
import type { Stay } from '../../shared/attendance/stay.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import { type AnswerOf, at, type Input, instant } from '../../shared/kernel/index.ts';
import type { Lesson } from '../../shared/timetable/lesson.ts';
import { arrangedOn, standingOn } from './arrangements.ts';
import { byName, cardOf, named, peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { plainStay } from './plain-stay.ts';
import type { SchoolClock } from './school-clock.ts';

/** What is known before the roll is called. Its source and hour, never the reason: the screen may be projected. */
const knownOf = (day: PupilDay, lesson: Lesson, stay: Stay | undefined): KnownAbsence | undefined => {
  if (stay) return { state: 'elsewhere', place: stay.place, source: 'school-life', at: stay.at };
  const arrival = active(day.movements).find(
    ({ kind, minute }) => kind === 'arrived' && lesson.startMinute < minute && minute < lesson.endMinute,
  );
  if (arrival) return { state: 'late', minutes: arrival.minute - lesson.startMinute, source: 'school-life', at: arrival.at };
  const cover = coverOf(lesson, day);
  if (!cover) return undefined;
  if (cover.movement.kind === 'left') return { state: 'excused', source: 'school-life', at: cover.movement.at };
  return { state: 'absent', source: cover.announcedBy === undefined ? 'school-life' : 'family', at: cover.movement.at };
};

/** Of who is expected elsewhere, and of who is exempted but must be in the room. */
const arrangedOf = (arrangement: Arrangement): KnownAbsence => {
  const { state, place } = markUnder(arrangement);
  return {
    state: state === 'elsewhere' ? state : 'exempt',
    ...(place && { place }),
    ...(arrangement.inRoom && { inRoom: arrangement.inRoom }),
    source: 'school-life',
    at: arrangement.at,
  };
};

const lastOf = (day: PupilDay, kind: 'arrived' | 'left'): number | undefined =>
  active(day.movements).findLast((movement) => movement.kind === kind)?.minute;

/** While the lesson goes on, now; before and after it, as it began. */
const minuteOf = ({ date, startMinute, endMinute }: Lesson, { today, minute }: SchoolClock): number =>
  date === today && startMinute <= minute && minute < endMinute ? minute : startMinute;

const sheetOf = (
  day: PupilDay,
  lesson: Lesson,
  clock: SchoolClock,
): Omit<SheetPupil, 'pupilId' | 'familyName' | 'givenName' | 'added' | 'mark'> => {
  const stay = stayAt(minuteOf(lesson, clock), day);
  const known = knownOf(day, lesson, stay);
  const before = standing(day.observations).findLast(({ endMinute }) => endMinute <= lesson.startMinute);
  const arrivedMinute = lastOf(day, 'arrived');
  const leftMinute = lastOf(day, 'left');
  return {
    absentBefore:
      before !== undefined && !isSeen(before) && before.state === 'absent' && !(arrivedMinute && arrivedMinute > before.startMinute),
    ...(known && { known }),
    ...(arrivedMinute !== undefined && { arrivedMinute }),
    ...(leftMinute !== undefined && { leftMinute }),
    ...(stay && { stay: plainStay(stay) }),
  };
};

/** When the first family is told: of what was saved, or of what would be saved now. */
const tellAt = (lesson: Lesson, rollCall: RollCall | undefined, days: readonly PupilDay[], { now, telling }: SchoolClock) => {
  if (lesson.notHeld) return undefined;
  if (rollCall?.state !== 'done') {
    // School life is asked first.
    const over = at(lesson.date, lesson.endMinute + telling.decideAfterMinutes, telling.timeZone).getTime();
    if (Date.parse(now) > over) return undefined;
    const earliest = at(lesson.date, lesson.startMinute + telling.notBeforeMinutes, telling.timeZone).getTime();
    return instant(new Date(Math.max(Date.parse(now) + telling.graceMinutes * 60_000, earliest)));
  }
  return days
    .flatMap(({ episodes }) => episodes)
    .filter(
      ({ state, asks, dueAt, lessonIds }) => state === 'open' && asks !== 'late' && dueAt > now && lessonIds.includes(lesson.lessonId),
    )
    .map(({ dueAt }) => dueAt)
    .sort()[0];
};

export async function readLessonSheet(
  { params, query: { groups }, caller }: Input<typeof routes.lessonSheet>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.lessonSheet>> {
  const { uai, date, lessonId } = params;
  const { lesson, listed, clock } = await ownLesson(params, caller, { groups }, ports);
  const found = await ports.attendance.read(
    { get: 'rollCall', key: { uai, date, lessonId } },
    arrangedOn(uai, date),
    ...[...listed.keys()].map((pupilId) => ({ get: 'pupilDay' as const, key: { uai, date, pupilId } })),
  );
  const arrangements = standingOn(found, date);
  const rollCall = found.find((item) => item.entity === 'rollCall');
  const removed = new Set(rollCall?.removed);
  const added = [...new Set(rollCall?.added.filter((pupilId) => !listed.has(pupilId)))];
  const pupilIds = [...listed.keys()].filter((pupilId) => !removed.has(pupilId)).concat(added);
  const teacher = lesson.teachers.find(({ personId, familyName }) => personId === rollCall?.savedBy && familyName !== undefined);
  // Of most roll calls, neither: a teacher of the lesson saved it for the pupils it has.
  const strangers = [...added, ...(rollCall && !teacher ? [rollCall.savedBy] : [])];
  const [others, addedDays] = await Promise.all([
    peopleById(uai, strangers, ports),
    ports.attendance.getMany(
      'pupilDay',
      added.map((pupilId) => ({ uai, date, pupilId })),
    ),
  ]);
  const days = [...found.filter((item) => item.entity === 'pupilDay' && !removed.has(item.pupilId)), ...addedDays] as PupilDay[];
  const dayOf = new Map(days.map((day) => [day.pupilId, day]));
  const marks = new Map(rollCall?.marks.map(({ pupilId, ...mark }) => [pupilId, mark]));
  const groupsOf = (pupilId: string) => (listed.get(pupilId) ?? others.get(pupilId))?.groups ?? [];
  const roster = pupilIds.map((pupilId): SheetPupil => {
    const day = dayOf.get(pupilId);
    const arranged = arrangedIn(lesson, { pupilId, groups: groupsOf(pupilId) }, arrangements, day);
    const called = marks.get(pupilId);
    const mark = called && asArranged(called, arranged);
    return {
      ...named(pupilId, listed.get(pupilId) ?? others.get(pupilId), listed.get(pupilId)?.classLabel ?? day?.classLabel),
      added: added.includes(pupilId),
      ...(mark && { mark }),
      ...(arranged && { known: arrangedOf(arranged) }),
      ...(day ? sheetOf(day, lesson, clock) : { absentBefore: false }),
    };
  });
  const by = teacher ?? (rollCall && others.get(rollCall.savedBy));
  const due = tellAt(lesson, rollCall, days, clock);
  return {
    date,
    now: clock.now,
    timeZone: clock.school.timeZone,
    lesson: cardOf(lesson),
    state: rollCall?.state ?? 'todo',
    revision: rollCall?.revision ?? 0,
    ...(rollCall && {
      savedAt: rollCall.savedAt,
      savedBy: { personId: rollCall.savedBy, name: [by?.civility, by?.familyName].filter(Boolean).join(' ') },
    }),
    roster: roster.sort(byName),
    removed: [...removed].map((pupilId) => named(pupilId, listed.get(pupilId), listed.get(pupilId)?.classLabel)).sort(byName),
    graceMinutes: Math.round(clock.telling.graceMinutes),
    ...(due !== undefined && { tellAt: due }),
  };
}
