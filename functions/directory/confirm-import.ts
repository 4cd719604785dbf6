import type { confirmImport as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { confirmJob, shownImport } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

export const confirmImport = async ({ params, body: { accepts } }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> =>
  shownImport(await confirmJob(params, accepts, ports), ports);
