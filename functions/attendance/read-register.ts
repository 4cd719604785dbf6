import { arrangedIn, asArranged, excusesFrom, markUnder } from '../../shared/attendance/arrangement.ts';
import type { Mark } from '../../shared/attendance/episode.ts';
import { stayAt } from '../../shared/attendance/missed-runs.ts';
import type { PupilDay } from '../../shared/attendance/pupil-day.ts';
import { columnsOf, listedOn } from '../../shared/attendance/register.ts';
import type { register as route } from '../../shared/attendance/sheet-routes.ts';
import type { RollCall } from '../../shared/attendance/table.ts';
import { type AnswerOf, addDays, type Input, type LocalDate, missing, weekday } from '../../shared/kernel/index.ts';
import { day as dayQuestion } from '../../shared/timetable/questions.ts';
import { arrangedOn, standingOn } from './arrangements.ts';
import { byName, cardOf, named, schoolLists } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';

type Register = AnswerOf<typeof route>;

/** A mark as the day has it: whoever was at the infirmary when the lesson began was not missing from it. */
const asKept =
  ({ startMinute }: RollCall, days: ReadonlyMap<string, PupilDay>) =>
  (mark: Mark): Mark => {
    const day = mark.state === 'absent' ? days.get(mark.pupilId) : undefined;
    return day && stayAt(startMinute, day) ? { pupilId: mark.pupilId, state: 'elsewhere' } : mark;
  };

/** The classes and groups each pupil is in that day. */
const groupsOf = (lists: Awaited<ReturnType<typeof schoolLists>>, on: LocalDate): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [groupId, { pupils }] of lists)
    for (const { pupilId } of listedOn(pupils, on)) found.set(pupilId, [...(found.get(pupilId) ?? []), groupId]);
  return found;
};

/** The register of a class or group for a week. */
export async function readRegister(
  { params: { uai, groupId, date } }: Pick<Input<typeof route>, 'params'>,
  ports: ApiPorts,
): Promise<Register> {
  const from = addDays(date, 1 - weekday(date));
  const dates = Array.from({ length: 6 }, (_, n) => addDays(from, n));
  const [lists, ...days] = await Promise.all([
    schoolLists(uai, ports),
    ...dates.map(async (on) => {
      const [asked, items, arranged] = await Promise.all([
        ports.ask(dayQuestion, { uai, date: on }),
        ports.attendance.all('ofDay', { uai, date: on }),
        ports.attendance.read(arrangedOn(uai, on)),
      ]);
      const ofPupil = new Map(items.flatMap((item) => (item.entity === 'pupilDay' ? [[item.pupilId, item] as const] : [])));
      const calls = items
        .filter((item) => item.entity === 'rollCall')
        .map((call) => ({ ...call, marks: call.marks.map(asKept(call, ofPupil)) }));
      return { date: on, ...asked, calls, ofPupil, arrangements: standingOn(arranged, on) };
    }),
  ]);
  const list = lists.get(groupId);
  if (!list) throw missing();
  const pupils = new Map(dates.flatMap((on) => listedOn(list.pupils, on)).map((pupil) => [pupil.pupilId, pupil]));
  const columns = days.flatMap((one) => {
    const groups = one.arrangements.length > 0 ? groupsOf(lists, one.date) : new Map<string, string[]>();
    return columnsOf(
      one.date,
      listedOn(list.pupils, one.date).map(({ pupilId }) => pupilId),
      one.lessons,
      one.calls,
      lists,
      (pupilId, lesson, mark) => {
        const arranged = arrangedIn(lesson, { pupilId, groups: groups.get(pupilId) ?? [] }, one.arrangements, one.ofPupil.get(pupilId));
        if (mark) return asArranged(mark, arranged);
        return arranged && excusesFrom(arranged) ? markUnder(arranged) : undefined;
      },
    ).map((column) => ({ ...column, date: one.date }));
  });
  return {
    groupId,
    label: list.label,
    from,
    until: addDays(from, 5),
    days: days.map(({ date: on, schoolDay, closedBecause }) => ({
      date: on,
      schoolDay,
      ...(closedBecause !== undefined && { closedBecause }),
    })),
    lessons: columns.map(({ lesson, date: on }) => ({ ...cardOf(lesson), date: on })),
    pupils: [...pupils.values()]
      .map((pupil) => ({
        ...named(pupil.pupilId, pupil, pupil.classLabel),
        entries: columns.flatMap(({ entries }, lesson) => {
          const entry = entries.get(pupil.pupilId);
          return entry ? [{ lesson, ...entry }] : [];
        }),
      }))
      .sort(byName),
  };
}
