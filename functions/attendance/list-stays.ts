import { staysOf } from '../../shared/attendance/missed-runs.ts';
import { endOf } from '../../shared/attendance/stay.ts';
import type * as routes from '../../shared/attendance/stay-routes.ts';
import { readableCivility } from '../../shared/directory/readable-civility.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { schoolDay as schoolDayOf } from '../../shared/timetable/questions.ts';
import { named, peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { dayClock } from './school-clock.ts';

type Listed = AnswerOf<typeof routes.listStays>;

export async function listStays(
  { params: { uai, date } }: Pick<Input<typeof routes.listStays>, 'params'>,
  ports: ApiPorts,
): Promise<Listed> {
  const [asked, days] = await Promise.all([ports.ask(schoolDayOf, { uai, date }), ports.attendance.all('pupilsOfDay', { uai, date })]);
  const clock = await dayClock(uai, asked, ports);
  const staying = days.flatMap((day) => staysOf(day).map((time) => ({ day, ...time })));
  const people = await peopleById(
    uai,
    staying.flatMap(({ day, stay }) => [stay.by, ...(day.pupil ? [] : [day.pupilId])]),
    ports,
  );
  const going = asked.lessons.filter(
    ({ startMinute, endMinute, notHeld }) => date === clock.today && !notHeld && startMinute <= clock.minute && clock.minute < endMinute,
  );
  const stays = staying.map(({ day, stay, untilMinute }): Listed['stays'][number] => {
    const { stayId, place, fromMinute, excluded, text, lesson } = stay;
    const by = people.get(stay.by);
    const now = untilMinute === undefined && going.find(({ groupIds }) => groupIds.some((groupId) => day.pupil?.groups.includes(groupId)));
    const end = endOf(stay);
    return {
      stayId,
      place,
      fromMinute,
      ...(excluded && { excluded }),
      ...(text !== undefined && { text }),
      ...(lesson && { lesson }),
      pupil: named(day.pupilId, day.pupil ?? people.get(day.pupilId), day.classLabel),
      by: [by?.civility && readableCivility(by.civility), by?.familyName].filter(Boolean).join(' '),
      ...(untilMinute !== undefined && { untilMinute }),
      ...(end && end.minute === untilMinute && { to: end.to }),
      ...(now && { now: { subject: now.subject.label, rooms: now.rooms, endMinute: now.endMinute } }),
    };
  });
  return {
    date,
    now: clock.now,
    timeZone: clock.school.timeZone,
    schoolDay: asked.schoolDay,
    stays: stays.sort(
      (a, b) =>
        Number(a.untilMinute !== undefined) - Number(b.untilMinute !== undefined) ||
        (b.untilMinute ?? 0) - (a.untilMinute ?? 0) ||
        a.fromMinute - b.fromMinute,
    ),
  };
}
