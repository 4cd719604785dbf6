import { DEFAULT_EXIT_RIGHTS, type PupilExit, type RightsByRegime, rightByRegime } from '../../shared/attendance/exit-right.ts';
import type * as routes from '../../shared/attendance/exit-routes.ts';
import { readableCivility } from '../../shared/directory/readable-civility.ts';
import type { AnswerOf, LocalDate } from '../../shared/kernel/index.ts';
import { schoolYearOf } from '../../shared/timetable/school-year.ts';
import { peopleById } from './class-list.ts';
import type { ApiPorts } from './manifest.ts';

/** What a school gives by regime: its own, or what every school begins with. */
export const exitRules = async (
  uai: string,
  { attendance }: Pick<ApiPorts, 'attendance'>,
): Promise<{ rev: number; rights: RightsByRegime }> => {
  const own = await attendance.get('exitRules', { uai });
  return own ? { rev: own.rev, rights: own.rights } : { rev: 0, rights: DEFAULT_EXIT_RIGHTS };
};

/** What was signed for the school year that a day is in: a family signs anew each year. */
export const signedFor = <E extends Pick<PupilExit, 'at'>>(date: LocalDate, own: E | undefined): E | undefined =>
  own && own.at >= schoolYearOf(date).from ? own : undefined;

/** The right that stands for a pupil, and where it comes from. */
export const rightOf = async (
  { uai, regime }: { readonly uai: string; readonly regime: string | undefined },
  own: PupilExit | undefined,
  ports: Pick<ApiPorts, 'attendance' | 'ask'>,
): Promise<AnswerOf<typeof routes.setExitRight>> => {
  const schools = rightByRegime((await exitRules(uai, ports)).rights, regime);
  if (own?.right === undefined) return { right: schools, schools };
  const by = (await peopleById(uai, [own.by], ports)).get(own.by);
  return {
    right: own.right,
    schools,
    own: { by: [by?.civility && readableCivility(by.civility), by?.familyName].filter(Boolean).join(' '), at: own.at },
  };
};
