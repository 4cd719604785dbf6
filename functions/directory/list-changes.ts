import type { listChanges as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { readChanges } from './imports/stored.ts';
import type { ApiPorts } from './manifest.ts';

export const listChanges = async (
  { params, query: { kind, page } }: Input<typeof route>,
  ports: ApiPorts,
): Promise<AnswerOf<typeof route>> => readChanges(ports.importsFiles, await findJob(params, ports), kind, page);
