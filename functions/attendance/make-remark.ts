import { refuseOver } from '../../shared/attendance/refuse-over.ts';
import type { Remark } from '../../shared/attendance/remark.ts';
import type * as routes from '../../shared/attendance/remark-routes.ts';
import { type AnswerOf, Failure, type Input } from '../../shared/kernel/index.ts';
import { isPupilOn, peopleById } from './class-list.ts';
import { lessonRemark } from './lesson-remark.ts';
import type { ApiPorts } from './manifest.ts';
import { ownLesson } from './own-lesson.ts';
import { remarkKinds } from './remark-kinds.ts';
import { once } from './replay.ts';
import { recordOf } from './school-clock.ts';

type Made = AnswerOf<typeof routes.makeRemark>;

/** A pupil of the lesson’s lists, or one of the school who was added to it by hand. */
const refuseStranger = async ({ uai, date }: { uai: string; date: string }, pupilId: string, ports: ApiPorts): Promise<void> => {
  if (!isPupilOn((await peopleById(uai, [pupilId], ports)).get(pupilId), date))
    throw new Failure('refused', 'attendance.pupil-outside-lesson', { pupilIds: [pupilId] });
};

export async function makeRemark(
  { params, body: { pupilId, kindId, text }, caller, idempotencyKey }: Input<typeof routes.makeRemark>,
  ports: ApiPorts,
): Promise<Made> {
  const { uai, date, lessonId } = params;
  const by = recordOf(caller, uai);
  return once<Made>(
    {
      personId: caller.personId,
      key: idempotencyKey,
      request: ['make-remark', uai, date, lessonId, JSON.stringify([pupilId, kindId, text ?? null])],
    },
    ports,
    async (record) => {
      const [{ lesson, listed, clock }, { kinds }] = await Promise.all([
        ownLesson(params, caller, { groups: undefined }, ports),
        remarkKinds(uai, ports),
      ]);
      refuseOver(date, clock.telling);
      if (!clock.begun(date, lesson.startMinute)) throw new Failure('refused', 'attendance.lesson-in-future');
      const kind = kinds.find((one) => one.kindId === kindId);
      if (!kind) throw new Failure('refused', 'attendance.remark-kind-unknown', { kindId });
      if (!listed.has(pupilId)) await refuseStranger(params, pupilId, ports);
      const remark: Remark = {
        uai,
        date,
        lessonId,
        remarkId: ports.ids.next('o'),
        pupilId,
        startMinute: lesson.startMinute,
        subject: lesson.subject.label,
        ...kind,
        ...(text !== undefined && { text }),
        by,
        at: clock.now,
        revision: 1,
      };
      const made = lessonRemark(remark);
      await ports.attendance.write({ put: 'remark', item: remark, when: { absent: true } }, record(made));
      return made;
    },
  );
}
