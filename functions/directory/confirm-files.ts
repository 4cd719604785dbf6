import type { confirmFiles as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { confirmJob, shownImport } from './imports/job.ts';
import type { AnswersPorts } from './manifest.ts';

export const confirmFiles = async ({ accepts, ...id }: AskedOf<typeof question>, ports: AnswersPorts): Promise<AnswerTo<typeof question>> =>
  shownImport(await confirmJob(id, accepts, ports), ports);
