import { weekday } from '../../shared/kernel/time.ts';
import { at, local } from '../../shared/kernel/wall-clock.ts';

/** The demo's schools are in metropolitan France. */
const ZONE = 'Europe/Paris';
/** Ten past ten o'clock's lesson of a Tuesday: every class of the demo has one. */
const LESSON = 10 * 60 + 5;

const DAY = 86_400_000;

/** A moment at which the demo has lessons: not at night, on a Wednesday afternoon, at a weekend or in the summer. */
const isTeachingMoment = (moment: Date): boolean => {
  const { date, minute } = local(moment, ZONE);
  const month = Number(date.slice(5, 7));
  const day = weekday(date);
  return day <= 5 && minute >= 8 * 60 && minute < (day === 3 ? 12 : 16) * 60 && month !== 7 && month !== 8;
};

/** The first September whose school year has begun: July and August already look at the next. */
const schoolYear = (now: Date): number => {
  const { date } = local(now, ZONE);
  return Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) >= 7 ? 0 : 1);
};

/** The second Tuesday after 1 September: the year is under way, and no holiday is near in any zone. */
export function demoMorning(now: Date): Date {
  const year = schoolYear(now);
  const tuesday = Array.from({ length: 7 }, (_, i) => `${year}-09-${String(8 + i).padStart(2, '0')}`).find((date) => weekday(date) === 2);
  return at(tuesday as string, LESSON, ZONE);
}

/**
 * What to add to the real time, in milliseconds: to begin at the asked time; or to go on from where the system was, when that
 * is a moment of lessons; or else from the next school-day morning after it. It never goes back by itself.
 */
export function civilOffset(now: Date, { asked, before }: { asked?: string | undefined; before?: number | undefined }): number {
  if (asked !== undefined) {
    const [date = '', time = ''] = asked.split('T');
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return at(date, hours * 60 + minutes, ZONE).getTime() - now.getTime();
  }
  if (before === undefined) return demoMorning(now).getTime() - now.getTime();
  const going = new Date(now.getTime() + before);
  if (isTeachingMoment(going)) return before;
  for (let days = 0; days < 100; days++) {
    const morning = at(local(new Date(going.getTime() + days * DAY), ZONE).date, LESSON, ZONE);
    if (morning > going && isTeachingMoment(morning)) return morning.getTime() - now.getTime();
  }
  return demoMorning(now).getTime() - now.getTime();
}
