import type { startImport as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { openJob, uploadsOf } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

export async function startImport(
  { params: { uai }, body: { files }, caller }: Input<typeof route>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const job = await openJob(uai, files, caller.personId, ports);
  return { importId: job.importId, uploads: await uploadsOf(job, ports) };
}
