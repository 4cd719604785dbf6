import { people } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import { readShelf } from './lessons.ts';
import type { ApiPorts } from './manifest.ts';

export async function readPupilDay(
  { params: { uai, pupilId, date } }: Input<typeof routes.readPupilDay>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.readPupilDay>> {
  const shelf = await readShelf(uai, date, { of: [{ pupilId }] }, ports);
  if (!shelf.week(pupilId)) {
    // In no class or group, or nobody's pupil.
    const [pupil] = await ports.ask(people, { uai, personIds: [pupilId] });
    if (pupil?.door !== 'pupil' || pupil.departedOn !== undefined) throw missing();
  }
  return shelf.day({ pupilId });
}
