import type { overview as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, type Input, inFrench } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

export async function overview({ caller }: Input<typeof route>, { directory }: ApiPorts): Promise<AnswerOf<typeof route>> {
  const keys = caller.card.oversees.map((uai) => ({ uai }));
  const [schools, figures] = await Promise.all([directory.getMany('school', keys), directory.getMany('figures', keys)]);
  const of = new Map(figures.map((figure) => [figure.uai, figure]));
  return {
    schools: schools
      .sort((a, b) => inFrench(a.name, b.name))
      .map(({ uai, name, city, lastImportAt }) => {
        const counted = of.get(uai);
        return {
          uai,
          name,
          city,
          lastImportAt,
          loaded: {
            pupil: counted?.loadedPupil ?? 0,
            guardian: counted?.loadedGuardian ?? 0,
            teacher: counted?.loadedTeacher ?? 0,
            staff: counted?.loadedStaff ?? 0,
          },
          activated: {
            pupil: counted?.activatedPupil ?? 0,
            guardian: counted?.activatedGuardian ?? 0,
            teacher: counted?.activatedTeacher ?? 0,
            staff: counted?.activatedStaff ?? 0,
          },
        };
      }),
  };
}
