import type { importChunkDue } from '../../shared/directory/events.ts';
import { Failure, type Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { applyChunk } from './imports/apply.ts';
import { inspect } from './imports/inspect.ts';
import manifest, { type ImportChunkPorts } from './manifest.ts';

/**
 * The next step of an import. An event of an earlier revision was answered already; one that comes twice does its step twice, which is one thing,
 * and moves the cursor once.
 */
export async function onImportChunkDue(
  { payload: { uai, importId, revision } }: Occurrence<typeof importChunkDue>,
  ports: ImportChunkPorts,
): Promise<void> {
  const job = await ports.directory.get('import', { uai, importId });
  if (!job || job.rev !== revision) return;
  try {
    if (job.state === 'inspecting') await inspect(job, ports);
    else if (job.state === 'applying') await applyChunk(job, ports);
  } catch (error) {
    const now = await ports.directory.get('import', { uai, importId });
    // Another one moved the job on, or someone stopped it.
    if (error instanceof Failure && error.code === 'store.condition-failed' && now?.rev !== job.rev) return;
    throw error;
  }
}

export const handler = consume(manifest.consumers['on-import-chunk-due'], onImportChunkDue);
