import type { listAnomalies as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { readAnomalies } from './imports/stored.ts';
import type { ApiPorts } from './manifest.ts';

export const listAnomalies = async (
  { params, query: { language, page } }: Input<typeof route>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> => readAnomalies(ports.importsFiles, await findJob(params, ports), language, page);
