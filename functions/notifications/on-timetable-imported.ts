import type { peopleImported, timetableImported } from '../../shared/directory/events.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import { visit } from './ledger.ts';
import manifest, { type TimetableImportedPorts } from './manifest.ts';

/** From its first timetable, or as an école its first class lists, on, a school is visited by reconciliation: before its first roll call, which might be the one that gets lost. */
export async function onTimetableImported(
  { payload: { uai } }: Occurrence<typeof timetableImported> | Occurrence<typeof peopleImported>,
  ports: TimetableImportedPorts,
): Promise<void> {
  await visit(uai, ports);
}

export const handler = consume(manifest.consumers['on-timetable-imported'], onTimetableImported);
