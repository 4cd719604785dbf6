import { createHash } from 'node:crypto';
import { type Current, type Differences, diff } from '../../../shared/directory/diff.ts';
import { ChangeKind, type ImportJob, type ImportQuestion, type ImportRefusal } from '../../../shared/directory/import.ts';
import { type Unit, weightOf } from '../../../shared/directory/plan.ts';
import type { SchoolItem } from '../../../shared/directory/table.ts';
import { Failure, instant, type LocalDate, local } from '../../../shared/kernel/index.ts';
import { schoolYearOf } from '../../../shared/timetable/school-year.ts';
import { readSchoolFile } from '../formats/read-school-file.ts';
import type { ImportChunkPorts } from '../manifest.ts';
import { move } from './job.ts';
import { FileMerge } from './merge-files.ts';
import { type Anomaly, BATCHES, COURSES, PAGE, severityOf, writePages } from './stored.ts';

/** More are noise: the file is broken, and the first ones say how. */
const MOST_ANOMALIES = 20_000;
const TRANSACTION = 100;

interface ReadFiles {
  readonly merge: FileMerge;
  readonly anomalies: Anomaly[];
}

async function readFiles(
  job: ImportJob,
  today: LocalDate,
  { importsFiles, ids }: Pick<ImportChunkPorts, 'importsFiles' | 'ids'>,
): Promise<ReadFiles> {
  const merge = new FileMerge(job.uai, ids, today);
  const anomalies: Anomaly[] = [];
  for (const { key, name } of job.files) {
    for await (const record of readSchoolFile(await importsFiles.stream(key), { file: name, school: job.uai })) {
      if (record.type !== 'anomaly') merge.take(record, key);
      else if (anomalies.length < MOST_ANOMALIES)
        anomalies.push({
          code: record.code,
          file: record.file,
          line: record.line,
          ...(record.subject && { subject: record.subject.id }),
          ...(record.field !== undefined && { field: record.field }),
        });
    }
  }
  return { merge, anomalies };
}

/** Units in transactions of at most a hundred writes; one that is larger by itself stands alone. */
export function batchesOf(units: readonly Unit[]): Unit[][] {
  const batches: Unit[][] = [];
  let weight = TRANSACTION;
  for (const unit of units) {
    const own = weightOf(unit);
    if (weight + own > TRANSACTION) {
      batches.push([]);
      weight = 0;
    }
    batches.at(-1)?.push(unit);
    weight += own;
  }
  return batches;
}

const asksOf = (school: SchoolItem, years: readonly number[], { leaving }: Differences, today: LocalDate): ImportQuestion[] => [
  ...(years.some((year) => year !== (school.year ?? Number(schoolYearOf(today).from.slice(0, 4)))) ? ['other-year' as const] : []),
  ...(leaving.pupils > 0 && leaving.pupils > leaving.of * school.settings.departuresToConfirm ? ['many-departures' as const] : []),
];

const refusalOf = ({ code, details = {} }: Failure): ImportRefusal => {
  const { file, line, found, root } = details as { file?: string; line?: number; found?: string; root?: string };
  const what = found ?? root;
  return {
    // A school's own name for what the reader found in the header.
    code: code === 'directory.file-of-another-school' ? 'directory.other-school' : code,
    ...(file !== undefined && { file }),
    ...(typeof line === 'number' && { line }),
    ...(what !== undefined && { found: String(what).slice(0, 200) }),
  };
};

/**
 * The dry run: reads the files, compares them with the school, keeps the differences and the plan in the bucket. It changes nobody, and may be
 * repeated at any point.
 */
export async function inspect(job: ImportJob, ports: ImportChunkPorts): Promise<ImportJob> {
  const { directory, importsFiles, clock, log } = ports;
  const { uai } = job;
  const school = await directory.get('school', { uai });
  if (!school) return move(job, { state: 'refused', refusal: { code: 'directory.school-unknown' } }, ports);
  const today = local(clock.civil(), school.timeZone).date;

  let read: ReadFiles;
  try {
    read = await readFiles(job, today, ports);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'refused') throw error;
    const refusal = refusalOf(error);
    log.info('import.refused', { importId: job.importId, code: refusal.code });
    return move(job, { state: 'refused', refusal, finishedAt: instant(clock.civil()) }, ports);
  }

  const [records, groups, rosters] = await Promise.all([
    directory.all('records', { uai }),
    directory.all('groups', { uai }),
    directory.all('rosters', { uai }),
  ]);
  const people = records.filter((record) => record.entity === 'person');
  const links = records.filter((record) => record.entity === 'link');
  const current: Current = { school, people, links, groups, rosters };
  const snapshot = read.merge.finish({ people, sources: school.sources });
  const differences = diff(snapshot, current, today);
  const anomalies = [...read.anomalies, ...snapshot.anomalies].sort((a, b) => severityOf(a.code).localeCompare(severityOf(b.code)));
  const hash =
    snapshot.calendar &&
    createHash('sha256')
      .update(JSON.stringify([snapshot.calendar, snapshot.courses]))
      .digest('base64url');
  const unchanged = differences.units.length === 0 && (hash === undefined || hash === school.timetableHash);

  const batches = batchesOf(differences.units);
  const pages: Record<string, number> = {};
  await writePages(importsFiles, job, 'plan', batches, BATCHES);
  for (const kind of ChangeKind.options)
    pages[kind] = await writePages(
      importsFiles,
      job,
      kind,
      differences.changes.filter((change) => change.kind === kind),
      PAGE,
    );
  pages.anomalies = await writePages(importsFiles, job, 'anomalies', anomalies, PAGE);
  await writePages(importsFiles, job, 'courses', snapshot.courses, COURSES);

  return move(
    job,
    {
      state: unchanged ? 'unchanged' : 'inspected',
      files: job.files.map((file) => ({ ...file, formats: [...(read.merge.formats.get(file.key) ?? [])] })),
      cursor: 0,
      total: batches.length,
      counts: { ...differences.counts, anomalies: anomalies.length, courses: snapshot.courses.length },
      pages,
      asks: unchanged ? [] : asksOf(school, read.merge.years, differences, today),
      ...(snapshot.year !== undefined && { year: snapshot.year }),
      leaving: differences.leaving,
      refusal: undefined,
      basis: school.lastImportId,
      sources: [...snapshot.sources],
      ...(snapshot.calendar && { calendar: snapshot.calendar }),
      ...(hash !== undefined && { timetableHash: hash }),
      ...(snapshot.academy !== undefined && { academy: snapshot.academy }),
      ...(unchanged && { finishedAt: instant(clock.civil()) }),
    } as Partial<ImportJob>,
    ports,
  );
}
