import type { interruptImport as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { interruptJob, shownImport } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

export const interruptImport = async ({ params }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> =>
  shownImport(await interruptJob(params, ports), ports);
