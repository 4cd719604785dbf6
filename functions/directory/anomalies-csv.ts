import { stringify } from 'csv-stringify/sync';
import type { ImportAnomaly } from '../../shared/directory/import.ts';
import type { anomaliesCsv as route } from '../../shared/directory/routes.ts';
import { type Input, Reply } from '../../shared/kernel/index.ts';
import { findJob } from './imports/job.ts';
import { readAnomalies } from './imports/stored.ts';
import type { ApiPorts } from './manifest.ts';

const HEADERS = {
  fr: ['gravité', 'fichier', 'ligne', 'objet', 'champ', 'anomalie', 'remède'],
  en: ['severity', 'file', 'line', 'subject', 'field', 'anomaly', 'remedy'],
};
const SEVERITY = { fr: { error: 'erreur', warning: 'à vérifier' }, en: { error: 'error', warning: 'to check' } };

/** Semicolons and a byte order mark, as French spreadsheets want them; what would run as a formula is escaped by the library. */
export async function anomaliesCsv({ params, query: { language } }: Input<typeof route>, ports: ApiPorts): Promise<Reply<string>> {
  const job = await findJob(params, ports);
  const anomalies: ImportAnomaly[] = [];
  for (let page: number | undefined = 0; page !== undefined; ) {
    const read: { anomalies: ImportAnomaly[]; next?: number } = await readAnomalies(ports.importsFiles, job, language, page);
    anomalies.push(...read.anomalies);
    page = read.next;
  }
  const rows = anomalies.map(({ severity, file, line, subject, field, what, remedy }) => [
    SEVERITY[language][severity],
    file,
    line,
    subject,
    field,
    what,
    remedy,
  ]);
  const csv = stringify([HEADERS[language], ...rows], { delimiter: ';', bom: true, escape_formulas: true, record_delimiter: 'windows' });
  return new Reply(csv, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="anomalies-${job.uai}.csv"` },
  });
}
