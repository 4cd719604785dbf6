import type { peopleImported, schoolChanged, timetableImported } from '../../shared/directory/events.ts';
import { school } from '../../shared/directory/questions.ts';
import type { Occurrence } from '../../shared/kernel/index.ts';
import { consume } from '../runtime/consume.ts';
import manifest, { type TimetableImportedPorts } from './manifest.ts';

/** From its first timetable, or as an école its first class lists, on, a school’s untaken roll calls are looked after; with new ones or other hours, anew. */
export async function onTimetableImported(
  { payload: { uai } }: Occurrence<typeof timetableImported> | Occurrence<typeof peopleImported> | Occurrence<typeof schoolChanged>,
  { attendance, ask }: TimetableImportedPorts,
): Promise<void> {
  const found = await ask(school, { uai });
  if (!found) return;
  // `uai` is named as well, because the item may be new: its place in the index of schools follows from what is set.
  await attendance.write({
    update: 'chasedSchool',
    key: { uai },
    set: { uai, timeZone: found.timeZone, lookedOn: undefined, lookMinute: undefined },
  });
}

export const handler = consume(manifest.consumers['on-timetable-imported'], onTimetableImported);
