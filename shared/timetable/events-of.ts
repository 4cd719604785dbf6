import { type Change, type Occurrence, occur } from '../kernel/index.ts';
import { openingsChanged } from './calendar.ts';
import { dayChanged, WHOLE_DAY } from './events.ts';
import type { timetable } from './table.ts';

export function eventsOf(change: Change<typeof timetable>): Occurrence[] {
  if (change.entity === 'notHeld') {
    const item = change.after ?? change.before;
    return item ? [occur(dayChanged, { uai: item.uai, date: item.date, target: item.target })] : [];
  }
  if (change.entity === 'opened') {
    const item = change.after ?? change.before;
    return item ? [occur(dayChanged, { uai: item.uai, date: item.date, target: item.lessonId })] : [];
  }
  if (change.entity === 'calendar' && change.before && change.after) {
    const { uai } = change.after;
    return openingsChanged(change.before, change.after).map((date) => occur(dayChanged, { uai, date, target: WHOLE_DAY }));
  }
  return [];
}
