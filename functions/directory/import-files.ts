import type { importFiles as question } from '../../shared/directory/questions.ts';
import type { AnswerTo, AskedOf } from '../../shared/kernel/index.ts';
import { openJob, uploadsOf } from './imports/job.ts';
import type { AnswersPorts } from './manifest.ts';

export async function importFiles({ uai, files }: AskedOf<typeof question>, ports: AnswersPorts): Promise<AnswerTo<typeof question>> {
  const job = await openJob(uai, files, undefined, ports);
  return { importId: job.importId, uploads: await uploadsOf(job, ports) };
}
