import { people } from '../../shared/directory/questions.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type * as routes from '../../shared/timetable/routes.ts';
import { readLessons } from './lessons.ts';
import type { ApiPorts } from './manifest.ts';

export async function readPupilDay(
  { params: { uai, pupilId, date } }: Input<typeof routes.readPupilDay>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof routes.readPupilDay>> {
  const [pupil] = await ports.ask(people, { uai, personIds: [pupilId] });
  if (pupil?.door !== 'pupil' || pupil.departedOn !== undefined) throw missing();
  return readLessons(uai, date, { groupIds: pupil.groups }, ports);
}
