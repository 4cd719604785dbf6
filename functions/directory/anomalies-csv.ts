import type { ImportAnomaly } from '../../shared/directory/import.ts';
import type { anomaliesCsv as route } from '../../shared/directory/routes.ts';
import type { Input, Reply } from '../../shared/kernel/index.ts';
import { csvReply } from '../runtime/csv.ts';
import { findJob } from './imports/job.ts';
import { readAnomalies } from './imports/stored.ts';
import type { ApiPorts } from './manifest.ts';

const HEADERS = {
  fr: ['gravité', 'fichier', 'ligne', 'objet', 'champ', 'anomalie', 'remède'],
  en: ['severity', 'file', 'line', 'subject', 'field', 'anomaly', 'remedy'],
};
const SEVERITY = { fr: { error: 'erreur', warning: 'à vérifier' }, en: { error: 'error', warning: 'to check' } };

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
  return csvReply(`anomalies-${job.uai}`, [HEADERS[language], ...rows]);
}
