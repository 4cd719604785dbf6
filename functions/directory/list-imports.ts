import type { listImports as route } from '../../shared/directory/routes.ts';
import type { AnswerOf, Input } from '../../shared/kernel/index.ts';
import { shownImport } from './imports/job.ts';
import type { ApiPorts } from './manifest.ts';

const LIMIT = 20;

export async function listImports(
  { params: { uai }, query: { cursor } }: Input<typeof route>,
  { directory, clock }: ApiPorts,
): Promise<AnswerOf<typeof route>> {
  const page = await directory.query('imports', { uai }, { limit: LIMIT, newestFirst: true, ...(cursor !== undefined && { cursor }) });
  return { imports: page.items.map((job) => shownImport(job, { clock })), ...(page.cursor !== undefined && { cursor: page.cursor }) };
}
