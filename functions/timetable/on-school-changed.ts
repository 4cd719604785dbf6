import type { schoolChanged } from '../../shared/directory/events.ts';
import { school } from '../../shared/directory/questions.ts';
import { Failure, type Occurrence } from '../../shared/kernel/index.ts';
import { weekdayOwner } from '../../shared/timetable/week.ts';
import type { SchoolChangedPorts } from './manifest.ts';
import { callsHalfDays, keepWeeks } from './school-weeks.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6];

/**
 * Keeps the school’s clock and waits beside its calendar. An older reading never replaces a newer one. Of an école, the roll calls follow its
 * hours and open half-days; of one that has become something else, they end.
 */
export async function onSchoolChanged({ payload: { uai } }: Occurrence<typeof schoolChanged>, ports: SchoolChangedPorts): Promise<void> {
  const { timetable, ask } = ports;
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
  const present = await timetable.getMany(
    'week',
    WEEKDAYS.map((weekday) => ({ uai, owner: weekdayOwner(weekday) })),
  );
  if (settings.kind === 'primary' || callsHalfDays(present)) await keepWeeks(found, undefined, ports);
}
