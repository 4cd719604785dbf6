import type { inspectFiles as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { requestInspection, shownImport } from './imports/job.ts';
import type { AnswersPorts } from './manifest.ts';

export const inspectFiles = async (asked: AskedOf<typeof question>, ports: AnswersPorts): Promise<AnswerTo<typeof question>> =>
  shownImport(await requestInspection(asked, ports), ports);
