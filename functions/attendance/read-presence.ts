import { isFor } from '../../shared/attendance/arrangement.ts';
import { standing, staysOf } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { listedOn } from '../../shared/attendance/register.ts';
import type { presence as route } from '../../shared/attendance/sheet-routes.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import { awayFromTable, type Call, eatsAtSchool, type Found, whereaboutsAt, wordsOf } from '../../shared/attendance/whereabouts.ts';
import type { RosterPupil } from '../../shared/directory/person.ts';
import type { AnswerOf, Input, LocalDate } from '../../shared/kernel/index.ts';
import { schoolDay as schoolDayOf } from '../../shared/timetable/questions.ts';
import { isStudyRoom } from '../../shared/timetable/study-room.ts';
import { arrangedOn, standingOn } from './arrangements.ts';
import { byName, cardOf, named, schoolLists } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock } from './school-clock.ts';

type Sheet = AnswerOf<typeof route>;

interface Listed {
  readonly pupil: RosterPupil;
  readonly groupIds: Set<string>;
}

/** Everybody on a class or group list that day, with all the lists they are on. */
const everybody = (lists: Awaited<ReturnType<typeof schoolLists>>, date: LocalDate): Map<string, Listed> => {
  const found = new Map<string, Listed>();
  for (const [groupId, { pupils }] of lists) {
    for (const pupil of listedOn(pupils, date)) {
      const known = found.get(pupil.pupilId);
      if (known) known.groupIds.add(groupId);
      else found.set(pupil.pupilId, { pupil, groupIds: new Set([groupId]) });
    }
  }
  return found;
};

/** The validated roll calls that had each pupil on their list, and what each said, as it counts in the pupil’s day. */
const callsByPupil = (
  rollCalls: readonly RollCall[],
  studyRooms: ReadonlySet<string>,
  days: ReadonlyMap<string, PupilDay>,
): Map<string, Call[]> => {
  const found = new Map<string, Call[]>();
  for (const { lessonId, pupilIds, marks, startMinute, endMinute } of rollCalls) {
    // Whoever came to the study room is not in a lesson.
    const plain: Call['mark'] = studyRooms.has(lessonId) ? { state: 'elsewhere', place: 'study' } : undefined;
    const markOf = new Map(marks.map(({ pupilId, ...mark }) => [pupilId, mark]));
    for (const pupilId of pupilIds) {
      const mark = asCounted(markOf.get(pupilId), lessonId, days.get(pupilId)) ?? plain;
      found.set(pupilId, [...(found.get(pupilId) ?? []), { startMinute, endMinute, ...(mark && { mark }) }]);
    }
  }
  return found;
};

/** A mark as the day has it: whoever was missing where they were not expected is elsewhere. */
const asCounted = (mark: Call['mark'], lessonId: string, day: PupilDay | undefined): Call['mark'] => {
  if (mark?.state !== 'absent' || !day) return mark;
  const counted = standing(day.observations).find((one) => one.lessonId === lessonId);
  if (counted?.state !== 'elsewhere' && counted?.state !== 'exempt') return mark;
  return { state: counted.state, ...(counted.place && { place: counted.place }) };
};

const shown = ({ state, word }: Found): Pick<Sheet['pupils'][number], 'state' | 'word'> => ({
  state,
  ...(word && {
    word: {
      says: word.says,
      minute: word.minute,
      ...(word.place && { place: word.place }),
      ...(word.announced && { announced: word.announced }),
    },
  }),
});

/** « Présents maintenant »: four readings whatever the size of the school. */
export async function readPresence({ params: { uai, date } }: Pick<Input<typeof route>, 'params'>, ports: ApiPorts): Promise<Sheet> {
  const [asked, items, lists, arranged] = await Promise.all([
    ports.ask(schoolDayOf, { uai, date }),
    ports.attendance.all('ofDay', { uai, date }),
    schoolLists(uai, ports),
    ports.attendance.read(arrangedOn(uai, date)),
  ]);
  const arrangements = standingOn(arranged, date);
  const listed = everybody(lists, date);
  const { schoolDay, closedBecause } = asked;
  const clock = await dayClock(uai, asked, ports);
  // A past day is read as it ended, a day to come as it begins.
  const minute = date === clock.today ? clock.minute : date < clock.today ? 1440 : 0;
  const noon = clock.school.settings.halfDaySwitch;
  const held = asked.lessons.filter(({ notHeld }) => !notHeld);
  const heldIds = new Set(held.map(({ lessonId }) => lessonId));
  const days = new Map<string, PupilDay>();
  const validated: RollCall[] = [];
  for (const item of items) {
    if (item.entity === 'pupilDay') days.set(item.pupilId, item);
    else if (item.state === 'done' && heldIds.has(item.lessonId)) validated.push(item);
  }
  const calls = callsByPupil(validated, new Set(held.filter(isStudyRoom).map(({ lessonId }) => lessonId)), days);
  const removedFrom = new Map(validated.map(({ lessonId, removed }) => [lessonId, new Set(removed)]));
  const going = held.filter(({ startMinute, endMinute }) => startMinute <= minute && minute < endMinute);
  return {
    date,
    now: clock.now,
    timeZone: clock.school.timeZone,
    schoolDay,
    ...(closedBecause !== undefined && { closedBecause }),
    lessons: going.map((lesson) => ({ ...cardOf(lesson), called: removedFrom.has(lesson.lessonId) })),
    pupils: [...listed.values()]
      .map(({ pupil, groupIds }): Sheet['pupils'][number] => {
        const { pupilId, regime, classLabel } = pupil;
        const isTheirs = ({ lessonId, groupIds: taught }: (typeof held)[number]) =>
          taught.some((groupId) => groupIds.has(groupId)) && !removedFrom.get(lessonId)?.has(pupilId);
        const lessons = held.filter(isTheirs);
        const day = days.get(pupilId);
        const away = arrangements.filter((one) => isFor(one, { pupilId, groups: [...groupIds] }));
        const words = wordsOf(calls.get(pupilId) ?? [], day?.movements ?? [], day ? staysOf(day) : [], away);
        const lesson = going.findLastIndex(isTheirs);
        const table = eatsAtSchool(regime) ? awayFromTable(minute, noon, words, lessons) : undefined;
        return {
          ...named(pupilId, pupil, classLabel),
          ...(regime !== undefined && { regime }),
          ...shown(whereaboutsAt(minute, words, lessons)),
          ...(lesson >= 0 && { lesson }),
          ...(table && { table }),
        };
      })
      .sort((a, b) => (a.classLabel ?? '').localeCompare(b.classLabel ?? '', 'fr', { numeric: true }) || byName(a, b)),
  };
}
