import { type Change, type Occurrence, occur } from '../kernel/index.ts';
import { openingsChanged } from './calendar.ts';
import { dayChanged, WHOLE_DAY } from './events.ts';
import type { DayChanges, timetable } from './table.ts';

/** What of a day was said anew, or taken back: the lesson, class or teacher it is about. */
const saying = ({ notHeld, opened }: Pick<DayChanges, 'notHeld' | 'opened'>): Map<string, string> =>
  new Map([
    ...notHeld.map((one) => [`not-held ${one.target}`, JSON.stringify(one)] as const),
    ...opened.map((one) => [`opened ${one.lessonId}`, JSON.stringify(one)] as const),
  ]);

export function eventsOf(change: Change<typeof timetable>): Occurrence[] {
  if (change.entity === 'calendar' && change.before && change.after) {
    const { uai } = change.after;
    return openingsChanged(change.before, change.after).map((date) => occur(dayChanged, { uai, date, target: WHOLE_DAY }));
  }
  // A removal is the summer purge: the day is of an ended year, and nobody follows it.
  if (change.entity !== 'changes' || !change.after) return [];
  const nothing = { notHeld: [], opened: [] };
  const [before, after] = [saying(change.before ?? nothing), saying(change.after)];
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
  const { uai, date } = change.after;
  return [...new Set(moved.map((key) => key.slice(key.indexOf(' ') + 1)))].map((target) => occur(dayChanged, { uai, date, target }));
}
