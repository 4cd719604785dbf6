import type { readSchool as route } from '../../shared/directory/routes.ts';
import { type AnswerOf, type Input, missing } from '../../shared/kernel/index.ts';
import type { ApiPorts } from './manifest.ts';

export async function readSchool({ params: { uai } }: Input<typeof route>, { directory }: ApiPorts): Promise<AnswerOf<typeof route>> {
  const school = await directory.get('school', { uai });
  if (!school) throw missing();
  return school;
}
