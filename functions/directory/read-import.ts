import type { readImport as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { findJob, shownImport } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

export const readImport = async ({ params }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> =>
  shownImport(await findJob(params, ports), ports);
