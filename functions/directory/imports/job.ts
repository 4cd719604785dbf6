import type * as z from 'zod';
import type { ImportFile, ImportJob, ImportQuestion, ShownImport } from '../../../shared/directory/import.ts';
import { Failure, type ImportId, instant, missing, type Uai } from '../../../shared/kernel/index.ts';
import type { ApiPorts } from '../manifest.ts';

type Id = { readonly uai: Uai; readonly importId: z.infer<typeof ImportId> };
type JobPorts = Pick<ApiPorts, 'directory' | 'clock'>;

/** Nothing moved for so long: a chunk takes seconds. */
const STALLED = 60_000;

/** Where an uploaded file lies: by its number, never by its name. */
export const fileKey = ({ uai, importId }: Id, number: number): string => `${uai}/${importId}/files/${number}`;
const UPLOAD = { contentType: 'application/octet-stream', maxBytes: 60_000_000, seconds: 900 } as const;

export function shownImport(job: ImportJob, { clock }: Pick<JobPorts, 'clock'>): ShownImport {
  const { files, basis: _, rev: __, uai: ___, timetableHash: ____, sources: _____, academy: _______, ...shown } = job;
  const { entity: ______, ...rest } = shown as typeof shown & { entity?: unknown };
  const running = job.state === 'inspecting' || job.state === 'applying';
  return {
    ...rest,
    files: files.map(({ name, size, formats }) => ({ name, size, formats })),
    stalled: running && clock.system().getTime() - Date.parse(job.movedAt) > STALLED,
  };
}

export async function findJob({ uai, importId }: Id, { directory }: Pick<JobPorts, 'directory'>): Promise<ImportJob> {
  const job = await directory.get('import', { uai, importId });
  if (!job) throw missing();
  return job;
}

export async function openJob(
  uai: Uai,
  files: readonly z.infer<typeof ImportFile>[],
  startedBy: string | undefined,
  { directory, clock, ids }: Pick<ApiPorts, 'directory' | 'clock' | 'ids'>,
): Promise<ImportJob> {
  if (!(await directory.get('school', { uai }))) throw missing();
  const importId = ids.next('i');
  const now = instant(clock.system());
  const job: ImportJob = {
    uai,
    importId,
    state: 'uploading',
    files: files.map(({ name, size }, number) => ({ name, size, key: fileKey({ uai, importId }, number), formats: [] })),
    startedAt: instant(clock.civil()),
    ...(startedBy !== undefined && { startedBy }),
    movedAt: now,
    cursor: 0,
    total: 0,
    counts: { arrivals: 0, changes: 0, classMoves: 0, departures: 0, linksMade: 0, linksLost: 0, groups: 0, anomalies: 0, courses: 0 },
    pages: {},
    asks: [],
    basis: 'none',
    sources: [],
    rev: 1,
  };
  await directory.write({ put: 'import', item: job, when: { absent: true } });
  return job;
}

const INSPECTABLE = ['uploading', 'inspecting', 'inspected', 'unchanged', 'refused'] as const;

/** Starts the dry run; one that stands still is started again. */
export async function requestInspection(
  id: Id,
  { directory, importsFiles, clock }: Pick<ApiPorts, 'directory' | 'importsFiles' | 'clock'>,
): Promise<ImportJob> {
  const job = await findJob(id, { directory });
  if (!INSPECTABLE.some((state) => state === job.state)) throw new Failure('conflict', 'directory.import-state', { state: job.state });
  const sizes = await Promise.all(job.files.map(({ key }) => importsFiles.size(key)));
  const absent = job.files.filter((_, number) => sizes[number] === undefined);
  if (absent.length > 0) throw new Failure('refused', 'directory.file-missing', { files: absent.map(({ name }) => name) });
  return move(job, { state: 'inspecting', cursor: 0, total: 0 }, { directory, clock });
}

/** Moves a job from what was read: whoever comes second is refused, and its stream makes the next event. */
export async function move(job: ImportJob, changes: Partial<ImportJob>, { directory, clock }: JobPorts): Promise<ImportJob> {
  const next = { ...changes, movedAt: instant(clock.system()), rev: job.rev + 1 };
  await directory.write({
    update: 'import',
    key: { uai: job.uai, importId: job.importId },
    set: next,
    when: { is: { rev: job.rev, state: job.state } },
  });
  return { ...job, ...next };
}

const isConflict = (error: unknown): error is Failure => error instanceof Failure && error.code === 'store.condition-failed';

/** Applies an inspected import, if what it asks was accepted and nothing was applied since; resumes one that is being applied. */
export async function confirmJob(id: Id, accepts: readonly ImportQuestion[], { directory, clock }: JobPorts): Promise<ImportJob> {
  const job = await findJob(id, { directory });
  if (job.state === 'applying') return move(job, {}, { directory, clock });
  if (job.state !== 'inspected') throw new Failure('conflict', 'directory.import-state', { state: job.state });
  const asks = job.asks.filter((ask) => !accepts.includes(ask));
  if (asks.length > 0) throw new Failure('refused', 'directory.import-asks', { asks });
  const school = await directory.get('school', { uai: job.uai });
  if (school?.lastImportId !== job.basis) throw new Failure('conflict', 'directory.import-outdated');
  const next = { state: 'applying' as const, cursor: 0, movedAt: instant(clock.system()), rev: job.rev + 1 };
  try {
    await directory.write(
      { update: 'import', key: { uai: job.uai, importId: job.importId }, set: next, when: { is: { rev: job.rev, state: job.state } } },
      {
        update: 'school',
        key: { uai: job.uai },
        set: { importLock: 1 },
        when: { present: true, is: { lastImportId: job.basis }, below: { importLock: 1 } },
      },
    );
  } catch (error) {
    if (isConflict(error) && error.details?.index === 1) throw new Failure('conflict', 'directory.import-busy');
    throw error;
  }
  return { ...job, ...next };
}

const INTERRUPTIBLE = ['uploading', 'inspecting', 'inspected', 'unchanged', 'refused', 'applying'] as const;

export async function interruptJob(id: Id, { directory, clock }: JobPorts): Promise<ImportJob> {
  const job = await findJob(id, { directory });
  if (!INTERRUPTIBLE.some((state) => state === job.state)) throw new Failure('conflict', 'directory.import-state', { state: job.state });
  const next = { state: 'interrupted' as const, finishedAt: instant(clock.civil()), movedAt: instant(clock.system()), rev: job.rev + 1 };
  const stop = {
    update: 'import',
    key: { uai: job.uai, importId: job.importId },
    set: next,
    when: { is: { rev: job.rev, state: job.state } },
  } as const;
  // What was applied stays, so that the differences of any other import are stale.
  if (job.state === 'applying')
    await directory.write(stop, { update: 'school', key: { uai: job.uai }, set: { importLock: 0, lastImportId: job.importId } });
  else await directory.write(stop);
  return { ...job, ...next };
}

/** Where each file of a job is to be posted, in their order. */
export const uploadsOf = ({ files }: ImportJob, { importsFiles }: Pick<ApiPorts, 'importsFiles'>) =>
  Promise.all(files.map(async ({ name, key }) => ({ name, ...(await importsFiles.upload(key, UPLOAD)) })));
