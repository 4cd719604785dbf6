import type { schoolChanged } from '../../shared/directory/events.ts';
import { school } from '../../shared/directory/questions.ts';
import { Failure, type Occurrence } from '../../shared/kernel/index.ts';
import type { SchoolChangedPorts } from './manifest.ts';

/** Keeps the school's clock and waits beside its calendar. An older reading never replaces a newer one. */
export async function onSchoolChanged(
  { payload: { uai } }: Occurrence<typeof schoolChanged>,
  { timetable, ask }: SchoolChangedPorts,
): Promise<void> {
  const found = await ask(school, { uai });
  if (!found) return;
  const { timeZone, settings, rev } = found;
  try {
    await timetable.write({
      update: 'calendar',
      key: { uai },
      set: { school: { timeZone, settings }, schoolRev: rev },
      when: { present: true, below: { schoolRev: rev } },
    });
  } catch (error) {
    // No timetable yet, or a newer reading: the import that brings one reads the school itself.
    if (!(error instanceof Failure) || error.code !== 'store.condition-failed') throw error;
  }
}
