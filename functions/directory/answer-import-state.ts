import type { importState as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { findJob, shownImport } from './imports/job.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerImportState = async (asked: AskedOf<typeof question>, ports: AnswersPorts): Promise<AnswerTo<typeof question>> =>
  shownImport(await findJob(asked, ports), ports);
