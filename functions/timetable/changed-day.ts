import { type Clock, Failure, type LocalDate, local, type Store } from '../../shared/kernel/index.ts';
import { openFrom } from '../../shared/timetable/school-year.ts';
import { type DayChanges, MOST_CHANGES, type timetable as table } from '../../shared/timetable/table.ts';

/** How often a change is tried again when somebody else changed the same day first. */
const TRIES = 6;

/**
 * Changes what differs from the timetable on a day: one item, so that whoever reads the day has it in the same request. Whatever is said of
 * a day passes here: of an ended school year it is refused.
 */
export const changeDay = async (
  { uai, date }: { readonly uai: string; readonly date: LocalDate },
  change: (day: Pick<DayChanges, 'notHeld' | 'opened'>) => Partial<Pick<DayChanges, 'notHeld' | 'opened'>>,
  { timetable, clock }: { readonly timetable: Store<typeof table, 'get' | 'put'>; readonly clock: Clock },
): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const found = await timetable.read({ get: 'changes', key: { uai, date } }, { get: 'calendar', key: { uai } });
    const { timeZone = 'Europe/Paris' } = found.find((item) => item.entity === 'calendar')?.school ?? {};
    if (date < openFrom(local(clock.civil(), timeZone).date)) throw new Failure('refused', 'timetable.year-over');
    const before = found.find((item) => item.entity === 'changes');
    const { notHeld = [], opened = [], rev = 0 } = before ?? {};
    const after = { notHeld, opened, ...change({ notHeld, opened }) };
    if (after.notHeld.length > MOST_CHANGES || after.opened.length > MOST_CHANGES)
      throw new Failure('refused', 'timetable.too-many-changes');
    try {
      await timetable.write({
        put: 'changes',
        item: { uai, date, ...after, rev: rev + 1 },
        when: before ? { is: { rev } } : { absent: true },
      });
      return;
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'store.condition-failed' || tries === TRIES) throw error;
    }
  }
};
