import type { importAnomalies as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { readAnomalies } from './imports/stored.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerImportAnomalies = async (
  { language, page, ...id }: AskedOf<typeof question>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof question>> => readAnomalies(ports.importsFiles, await findJob(id, ports), language, page);
