import { enterArrangement } from '../../../functions/attendance/enter-arrangement.ts';
import { onArrangementChanged } from '../../../functions/attendance/on-arrangement-changed.ts';
import { saveRollCall } from '../../../functions/attendance/save-roll-call.ts';
import { monthsOf } from '../../../shared/attendance/arrangement.ts';
import type { ArrangementLine } from '../../../shared/attendance/arrangement-routes.ts';
import type { RollCallInput } from '../../../shared/attendance/routes.ts';
import { type aSchool, brun, ferrand, request, TODAY, UAI } from './a-school.ts';

export type World = ReturnType<typeof aSchool>;
export const FIFTH_B = 'g_class5eb';

type Body = Parameters<typeof enterArrangement>[0]['body'];

/** The 5e B is on an outing all day, unless something else is said. */
export const enter = ({ ports }: World, more: Partial<Body> = {}) =>
  enterArrangement(
    {
      params: { uai: UAI },
      caller: brun,
      ...request({ kind: 'outing' as const, target: FIFTH_B, from: TODAY, until: TODAY, without: [], ...more }),
    },
    ports,
  );

/** What was saved hears of it. */
export const hear = async ({ ports }: World, { from, until, arrangementId, revision }: ArrangementLine) => {
  for (const month of monthsOf({ from, until }))
    await onArrangementChanged(
      { name: 'attendance.arrangement-changed', payload: { uai: UAI, month, arrangementId, from, until, revision } },
      ports,
    );
};

export const call = ({ ports }: World, lessonId: string, marks: RollCallInput['marks'], basedOn = 0) =>
  saveRollCall(
    {
      params: { uai: UAI, date: TODAY, lessonId },
      caller: ferrand,
      ...request({ state: 'done' as const, basedOn, marks, added: [], removed: [] }),
    },
    ports,
  );

export const dayOf = ({ store }: World, pupilId: string) => store.items('pupilDay').find((one) => one.pupilId === pupilId);
export const livingAbsences = (world: World, pupilId: string) =>
  dayOf(world, pupilId)?.absences.filter(({ state }) => state !== 'cancelled') ?? [];
