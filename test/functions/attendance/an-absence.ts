import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { type aSchool, ferrand, MATHS, request, TODAY, UAI } from './a-school.ts';

type School = ReturnType<typeof aSchool>;

/** Ferrand validates a roll call in which these pupils are missing. */
export const missed = async ({ ports }: Pick<School, 'ports'>, pupilIds: readonly string[], lessonId = MATHS, basedOn = 0) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId },
      caller: ferrand,
      ...request({
        state: 'done',
        basedOn,
        marks: pupilIds.map((pupilId) => ({ pupilId, state: 'absent' as const })),
        added: [],
        removed: [],
      }),
    },
    ports,
  );

export const dayOf = ({ store }: Pick<School, 'store'>, pupilId: string) => {
  const day = store.items('pupilDay').find((one) => one.pupilId === pupilId);
  if (!day) throw new Error(`nothing is known of ${pupilId}`);
  return day;
};

/** What treats a pupil's first absence of the day. */
export const itemOf = (school: Pick<School, 'store'>, pupilId: string, over?: string) => ({
  date: TODAY,
  pupilId,
  absenceId: dayOf(school, pupilId).absences[0]?.absenceId as string,
  ...(over !== undefined && { over }),
});
