import type { inspectImport as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { requestInspection, shownImport } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

export const inspectImport = async ({ params }: Input<typeof route>, ports: ApiPorts): Promise<AnswerOf<typeof route>> =>
  shownImport(await requestInspection(params, ports), ports);
