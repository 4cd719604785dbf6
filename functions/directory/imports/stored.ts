import {
  type ChangeKind,
  IMPORT_ANOMALIES,
  type ImportAnomaly,
  type ImportChange,
  type ImportJob,
} from '../../../shared/directory/import.ts';
import type { Unit } from '../../../shared/directory/plan.ts';
import { ANOMALIES, type AnomalyCode } from '../../../shared/directory/school-file-anomaly.ts';
import type { WantedCourse } from '../../../shared/directory/snapshot.ts';
import type { FilesPort } from '../../../shared/kernel/index.ts';

/** What an import keeps in the bucket between its steps, a page an object. Our own writing: read back as it was written. */
type Id = Pick<ImportJob, 'uai' | 'importId'>;

export const PAGE = 100;
export const COURSES = 200;
/** Batches of one object of the plan, and of one invocation: a batch is one transaction. */
export const BATCHES = 8;

export type Anomaly = Pick<ImportAnomaly, 'code' | 'file' | 'line' | 'subject' | 'field'>;
export type Batch = readonly Unit[];

const four = (page: number): string => String(page).padStart(4, '0');
const at = ({ uai, importId }: Id, kind: string, page: number): string => `${uai}/${importId}/${kind}/${four(page)}.json`;

async function readPage<T>(files: Pick<FilesPort, 'read'>, id: Id, kind: string, page: number): Promise<T[]> {
  return JSON.parse(Buffer.from(await files.read(at(id, kind, page))).toString()) as T[];
}

export async function writePages(
  files: Pick<FilesPort, 'write'>,
  id: Id,
  kind: string,
  items: readonly unknown[],
  size: number,
): Promise<number> {
  const pages = Math.ceil(items.length / size);
  const numbers = Array.from({ length: pages }, (_, page) => page);
  // Eight at a time: a large import has hundreds of pages.
  for (let from = 0; from < pages; from += 8)
    await Promise.all(
      numbers
        .slice(from, from + 8)
        .map((page) => files.write(at(id, kind, page), JSON.stringify(items.slice(page * size, (page + 1) * size)), 'application/json')),
    );
  return pages;
}

export const readBatches = (files: Pick<FilesPort, 'read'>, job: Id, page: number) => readPage<Batch>(files, job, 'plan', page);
export const readCourses = (files: Pick<FilesPort, 'read'>, job: Id, page: number) => readPage<WantedCourse>(files, job, 'courses', page);

export async function readChanges(
  files: Pick<FilesPort, 'read'>,
  job: ImportJob,
  kind: ChangeKind,
  page: number,
): Promise<{ changes: ImportChange[]; next?: number }> {
  const pages = job.pages[kind] ?? 0;
  if (page >= pages) return { changes: [] };
  const changes = await readPage<ImportChange>(files, job, kind, page);
  return { changes, ...(page + 1 < pages && { next: page + 1 }) };
}

const textOf = (code: ImportAnomaly['code']) =>
  Object.hasOwn(ANOMALIES, code) ? ANOMALIES[code as AnomalyCode] : IMPORT_ANOMALIES[code as keyof typeof IMPORT_ANOMALIES];

export async function readAnomalies(
  files: Pick<FilesPort, 'read'>,
  job: ImportJob,
  language: 'fr' | 'en',
  page: number,
): Promise<{ anomalies: ImportAnomaly[]; next?: number }> {
  const pages = job.pages.anomalies ?? 0;
  if (page >= pages) return { anomalies: [] };
  const anomalies = (await readPage<Anomaly>(files, job, 'anomalies', page)).map((anomaly) => {
    const text = textOf(anomaly.code);
    const [what, remedy] = text[language];
    return { ...anomaly, severity: text.severity, what, remedy };
  });
  return { anomalies, ...(page + 1 < pages && { next: page + 1 }) };
}

export const severityOf = (code: ImportAnomaly['code']): 'error' | 'warning' => textOf(code).severity;
