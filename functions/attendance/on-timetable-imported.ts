import type { peopleImported, schoolChanged, timetableImported } from '../../shared/directory/events.ts';
import { school } from '../../shared/directory/questions.ts';
import { addDays, Failure, local, type Occurrence } from '../../shared/kernel/index.ts';
import { openFrom } from '../../shared/timetable/school-year.ts';
import { consume } from '../runtime/consume.ts';
import manifest, { type TimetableImportedPorts } from './manifest.ts';

/** From its first timetable, or as an école its first class lists, on, a school’s untaken roll calls are looked after; with new ones or other hours, anew. */
export async function onTimetableImported(
  { payload: { uai } }: Occurrence<typeof timetableImported> | Occurrence<typeof peopleImported> | Occurrence<typeof schoolChanged>,
  { attendance, ask, clock }: TimetableImportedPorts,
): Promise<void> {
  const found = await ask(school, { uai });
  if (!found) return;
  const { timeZone } = found;
  // `uai` is named as well, because the item may be new: its place in the index of schools follows from what is set.
  const update = { update: 'chasedSchool', key: { uai }, set: { uai, timeZone, lookedOn: undefined, lookMinute: undefined } } as const;
  try {
    await attendance.write({ ...update, when: { present: true } });
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'store.condition-failed')) throw error;
    // Of the years before it came there is nothing to erase.
    const erasedUntil = addDays(openFrom(local(clock.civil(), timeZone).date), -1);
    await attendance.write({ ...update, set: { ...update.set, erasedUntil } });
  }
}

export const handler = consume(manifest.consumers['on-timetable-imported'], onTimetableImported);
