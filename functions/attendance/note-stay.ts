import { staysOf } from '../../shared/attendance/missed-runs.ts';
import { emptyDay, note } from '../../shared/attendance/pupil-day.ts';
import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type { Stay } from '../../shared/attendance/stay.ts';
import type * as routes from '../../shared/attendance/stay-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import { day as dayOfLessons } from '../../shared/timetable/questions.ts';
import { pupilAt } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';
import { ownPupil } from './own-pupil.ts';
import { plainStay } from './plain-stay.ts';
import { putDay } from './pupil-days.ts';
import { once } from './replay.ts';
import { recordOf, schoolClock } from './school-clock.ts';

type Noted = AnswerOf<typeof routes.noteStay>;

/** A pupil is kept in one place at a time. */
export async function noteStay({ params, body, caller, idempotencyKey }: Input<typeof routes.noteStay>, ports: ApiPorts): Promise<Noted> {
  const { uai, date, pupilId } = params;
  const { place, fromMinute, excluded, text, lessonId } = body;
  const by = recordOf(caller, uai);
  return once<Noted>(
    { personId: caller.personId, key: idempotencyKey, request: ['note-stay', uai, date, pupilId, JSON.stringify(body)] },
    ports,
    async (record) => {
      const { lesson } = await ownPupil(params, lessonId, caller, ports);
      const [clock, who, { schoolDay }] = await Promise.all([
        schoolClock(uai, ports),
        pupilAt(uai, pupilId, date, ports),
        ports.ask(dayOfLessons, { uai, date, pupilId }),
      ]);
      refuseOver(date, clock.telling);
      if (!schoolDay) throw new Failure('refused', 'attendance.day-closed');
      if (!clock.begun(date, fromMinute)) throw new Failure('refused', 'attendance.stay-in-future');
      const before = await ports.attendance.get('pupilDay', { uai, date, pupilId });
      const day = before ?? emptyDay(uai, date, pupilId, who.classLabel, who.person);
      if (staysOf(day).some(({ untilMinute }) => untilMinute === undefined)) throw new Failure('refused', 'attendance.staying-already');
      const stay: Stay = {
        stayId: ports.ids.next('y'),
        place,
        fromMinute,
        ...(excluded && { excluded }),
        ...(text !== undefined && { text }),
        ...(lesson && { lesson: { lessonId: lesson.lessonId, subject: lesson.subject.label } }),
        by,
        byDoor: caller.door === 'teacher' ? 'teacher' : 'staff',
        at: clock.now,
        ends: [],
      };
      const noted = plainStay(stay);
      await ports.attendance.write(putDay(before, note(day, { stays: [stay] }, clock.telling)), record(noted));
      return noted;
    },
  );
}
