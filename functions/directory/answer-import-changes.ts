import type { importChanges as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { readChanges } from './imports/stored.ts';
import type { AnswersPorts } from './manifest.ts';

export const answerImportChanges = async (
  { kind, page, ...id }: AskedOf<typeof question>,
  ports: AnswersPorts,
): Promise<AnswerTo<typeof question>> => readChanges(ports.importsFiles, await findJob(id, ports), kind, page);
