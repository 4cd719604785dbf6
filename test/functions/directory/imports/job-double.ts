import { existsSync, readFileSync } from 'node:fs';
import { confirmFiles } from '../../../../functions/directory/confirm-files.ts';
import { importFiles } from '../../../../functions/directory/import-files.ts';
import { inspectFiles } from '../../../../functions/directory/inspect-files.ts';
import type { ImportChunkPorts } from '../../../../functions/directory/manifest.ts';
import { onImportChunkDue } from '../../../../functions/directory/on-import-chunk-due.ts';
import { openSchool } from '../../../../functions/directory/open-school.ts';
import { eventsOf } from '../../../../shared/directory/events-of.ts';
import type { ImportJob, ImportQuestion } from '../../../../shared/directory/import.ts';
import { directory as table } from '../../../../shared/directory/table.ts';
import type { Occurrence } from '../../../../shared/kernel/index.ts';
import { basePorts, memoryFiles, memoryStore } from '../../../doubles/index.ts';

export const UAI = '0134567A';
export const EDT = new URL('../../../../../shared/fixtures/edt/Edt_To_LaclasseCom_0134567A_Enclair.xml', import.meta.url);
export const hasFixtures = existsSync(EDT);

/** The fixture of 2013 in the year 2026, whose calendar is the same; its pupils are thirteen years younger. */
export const edtFixture = (): string =>
  readFileSync(EDT, 'utf8')
    .replace(/(DateDebut|DateEntree)="2013/g, '$1="2026')
    .replace(/(DateFin|DateSortie)="2014/g, '$1="2027')
    .replace('DatePremierJourSemaine1="2013-09-02"', 'DatePremierJourSemaine1="2026-08-31"')
    .replace(/DateNaissance="(\d{4})/g, (_, year: string) => `DateNaissance="${Number(year) + 13}`);

/** A whole directory in memory: store, bucket, and a bus that carries what the stream says to the job's consumer. */
export const directoryDouble = () => {
  const base = basePorts();
  const directory = memoryStore(table);
  const importsFiles = memoryFiles();
  const ports = { ...base, directory, importsFiles };
  const due = (): Occurrence[] => {
    const events = directory.changes().flatMap((change) => eventsOf(change));
    directory.forget();
    return events;
  };
  const emitted: Occurrence[] = [];
  /** Carries events until nothing more is due; the job's function may be given other ports, which fail now and then. */
  const settle = async (through: () => ImportChunkPorts = () => ports): Promise<void> => {
    for (let events = due(); events.length > 0; events = due())
      for (const event of events) {
        emitted.push(event);
        if (event.name !== 'directory.import-chunk-due') continue;
        // As Lambda does: an invocation that died is made again.
        for (let attempt = 0; ; attempt += 1) {
          try {
            await onImportChunkDue(event as never, through());
            break;
          } catch (error) {
            if (attempt > 5_000 || !(error instanceof Killed)) throw error;
          }
        }
      }
  };
  const inspect = async (files: Readonly<Record<string, string | Uint8Array>>, uai = UAI): Promise<ImportJob> => {
    const { importId, uploads } = await importFiles(
      { uai, files: Object.entries(files).map(([name, body]) => ({ name, size: Math.max(1, Buffer.byteLength(body)) })) },
      ports,
    );
    for (const [number, body] of Object.values(files).entries())
      await importsFiles.write(uploads[number]?.fields.key as string, body, 'application/octet-stream');
    await inspectFiles({ uai, importId }, ports);
    await settle();
    return (await directory.get('import', { uai, importId })) as ImportJob;
  };
  const confirm = async (
    { uai, importId }: ImportJob,
    accepts: ImportQuestion[] = [],
    through?: () => ImportChunkPorts,
  ): Promise<ImportJob> => {
    await confirmFiles({ uai, importId, accepts }, ports);
    await settle(through);
    return (await directory.get('import', { uai, importId })) as ImportJob;
  };
  return {
    ...ports,
    ports,
    emitted,
    settle,
    inspect,
    confirm,
    open: (uai = UAI) => openSchool({ uai, name: 'Collège d’essai' }, ports),
    /** Everything but the jobs, with what a clock or a repeated read may change left out. */
    state: () => directory.items().filter(({ entity }) => entity !== 'import' && entity !== 'school'),
  };
};

/** What an invocation that is killed looks like from outside. */
export class Killed extends Error {}
